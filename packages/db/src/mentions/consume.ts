import { type Audience, type MentionKind, type Message, type Snowflake, type ThreadLine, userRoom } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Database, Transaction } from "../client.ts"
import { type Ahead, type Cursor, moveCursor, readAhead, readCursor } from "../consumer/index.ts"
import { backForThread, isConversation, movedOn } from "../conversations/index.ts"
import { raiseLastSeq } from "../last-seq.ts"
import type { MessageStore } from "../message-store/port.ts"
import { transact } from "../outbox.ts"
import { wantPreviews } from "../previews/wants.ts"
import { keepLine, nextLine, tellFollowers, type ThreadPlace } from "../threads/index.ts"
import { alertedBy } from "./alerted.ts"
import { addDeletions, forgetDeletions } from "./deletions.ts"
import { unreadOnly } from "./in-threads.ts"
import { addressedBy, isOfOne, loadMay, loadPlace, mayAddress, type Mention, type Said } from "./rows.ts"

export const MENTIONS = "mentions"

export interface Consumed {
  added: Mention[]
  /** What addresses nobody any more, deleted or edited, of those who may hear so. */
  removed: { targetId: Snowflake; channelId: Snowflake; seq: number; room: Audience }[]
  /** Deleted messages that were not known as such, and who hears of them. Of a thread none. */
  deleted: { seqs: number[]; room: Audience } | null
  /** The channel goes on, or another node was faster: come again. */
  more: boolean
  /** So many messages have links that are to be looked at. */
  links?: number
}

/** What was deleted in a channel becomes known as such. Of a thread nobody counts messages. */
const writeDeletions = async (
  tx: Transaction,
  channelId: Snowflake,
  { fresh, changed, next }: Ahead,
  was: Cursor,
): Promise<Consumed["deleted"]> => {
  if (next.seq < was.seq) await forgetDeletions(tx, channelId, next.seq)
  const seqs = await addDeletions(
    tx,
    channelId,
    [...fresh, ...changed].flatMap(({ seq, deleted }) => (deleted && seq <= next.seq ? seq : [])),
  )
  const place = seqs.length > 0 ? await loadPlace(tx, channelId) : null
  return place && { seqs, room: place.room }
}

/** The messages of a reading that can matter, and whose messages they answer. */
const withAnswers = async (
  store: MessageStore,
  channelId: Snowflake,
  { fresh, changed }: Ahead,
  { versions }: Cursor,
): Promise<Said[]> => {
  // What was not edited since says what it said when it was read: a reaction addresses nobody.
  const messages = [...fresh, ...changed.filter((m) => m.version !== (versions[m.seq] ?? 1))]
  const known = new Map([...fresh, ...changed].map((m) => [m.seq, m]))
  const said: Said[] = []
  for (const message of messages) {
    const { replyTo, deleted } = message
    const original = replyTo === null || deleted ? null : (known.get(replyTo) ?? (await store.get(channelId, replyTo)))
    if (original) known.set(original.seq, original)
    said.push({ message, answers: original && !original.deleted ? original.authorId : null })
  }
  return said
}

/** Makes the rows of these messages what they should be. Answers with what that changed. */
const write = async (tx: Transaction, channelId: Snowflake, said: readonly Said[], old: number, direct: boolean) => {
  const messages = said.map(({ message }) => message)
  const alerted = await alertedBy(tx, channelId, messages)
  const calls = said.filter(({ message }) => direct || mayAddress(message) || alerted.has(message.seq))
  const again = messages.flatMap(({ seq }) => (seq <= old ? seq : []))
  const place = calls.length + again.length === 0 ? null : await loadPlace(tx, channelId)
  const wanted = place ? await addressedBy(tx, { ...place, direct }, calls, alerted) : []
  const rows = JSON.stringify(wanted)
  const gone =
    again.length === 0
      ? []
      : (
          await tx.execute<{ target: string; seq: number; kind: MentionKind }>(sql`
            delete from mentions m where channel_id = ${channelId}::bigint and seq = any(${`{${again.join()}}`}::bigint[])
              and not exists (select from jsonb_to_recordset(${rows}::jsonb) as w("targetId" bigint, seq bigint, kind text)
                where w."targetId" = m.target_id and w.seq = m.seq and w.kind = m.kind)
            returning target_id::text as target, seq::float8 as seq, kind`)
        ).rows
  const added =
    wanted.length === 0
      ? []
      : (
          await tx.execute<{ target: string; seq: number }>(sql`
            insert into mentions (target_id, channel_id, seq, kind, author_id, parent_id, at)
            select w."targetId", ${channelId}::bigint, w.seq, w.kind, w."authorId", w."parentId", to_timestamp(w.at / 1000.0)
              from jsonb_to_recordset(${rows}::jsonb)
                as w("targetId" bigint, seq bigint, kind text, "authorId" bigint, "parentId" bigint, at float8)
              order by 1, 3
            on conflict do nothing returning target_id::text as target, seq::float8 as seq`)
        ).rows
  const ofOne = gone.flatMap(({ target, kind }) => (isOfOne(kind) ? target : []))
  const may = place && ofOne.length > 0 ? await loadMay(tx, place, ofOne) : null
  const hears = ({ target, kind }: { target: string; kind: MentionKind }): Audience | undefined => {
    if (!isOfOne(kind)) return place?.room
    return may?.(target, "VIEW_CHANNEL") ? userRoom(target) : undefined
  }
  return { wanted, gone: gone.map((row) => ({ ...row, room: hears(row) })), added }
}

/** What a thread's messages do beside calling somebody: the line on the message that it hangs on, and its place in lists. */
export interface InThread {
  place: ThreadPlace
  /** Writes the line into the channel's log. Twice is once. */
  tell(place: ThreadPlace, line: ThreadLine): Promise<void>
}

/**
 * One step of the consumer of mentions in one channel: what its cursor has not seen is read from the log, without a lock; then,
 * in one transaction, the cursor moves and the rows are written. A crash before the commit leaves both as they were, and any
 * node may take the same step. `gone` are deleted messages that its reading may not find, older than what the cursor watches.
 * `previews` notes which messages have links, by that clock. `read` is for tests, which die in between.
 */
export const consumeMentions = async (
  db: Database,
  store: MessageStore,
  channelId: Snowflake,
  {
    thread,
    previews,
    gone = [],
    read = (cursor) => readAhead(store, channelId, cursor),
  }: {
    thread?: InThread | undefined
    previews?: { now: () => number } | undefined
    gone?: readonly Message[]
    read?: (cursor: Cursor) => Promise<Ahead>
  } = {},
): Promise<Consumed> => {
  const cursor = await readCursor(db, MENTIONS, channelId)
  const found = await read(cursor)
  const seen = new Set([...found.fresh, ...found.changed].map((m) => m.seq))
  const ahead = {
    ...found,
    changed: [...found.changed, ...gone.filter((m) => m.seq <= cursor.seq && !seen.has(m.seq))],
  }
  const nothing = { added: [], removed: [], deleted: null }
  // Of an older copy of the log nothing is read, but the cursor goes back: what is said next is new.
  const moves = ahead.fresh.length + ahead.changed.length > 0 || ahead.next.seq !== cursor.seq
  if (!moves) return { ...nothing, more: false }
  const said = await withAnswers(store, channelId, ahead, cursor)
  const line = thread ? await nextLine(db, channelId, ahead.fresh, ahead.next.seq) : null
  // Before the cursor moves: whoever dies in between says the same again.
  if (thread && line) await thread.tell(thread.place, line)
  return transact(db, async (tx) => {
    if (!(await moveCursor(tx, MENTIONS, channelId, cursor, ahead.next))) return { ...nothing, more: true }
    if (ahead.next.seq < cursor.seq)
      await tx.execute(sql`
        delete from mentions where channel_id = ${channelId}::bigint and seq > ${ahead.next.seq}`)
    if (line) await keepLine(tx, line)
    const messages = said.map(({ message }) => message)
    const links = previews ? await wantPreviews(tx, channelId, messages, previews.now()) : 0
    const deleted = thread ? null : await writeDeletions(tx, channelId, ahead, cursor)
    const direct = !thread && (await isConversation(tx, channelId))
    const { wanted, gone: lost, added } = await write(tx, channelId, said, cursor.seq, direct)
    const isNew = new Set(added.map((row) => `${row.target}:${row.seq}`))
    if (thread) {
      // An edit may name somebody, too. Whom the message named before may have stopped to follow since.
      const calls = wanted.filter((m) => isNew.has(`${m.targetId}:${m.seq}`))
      const addressed = calls.flatMap((m) => (m.kind === "user" || m.kind === "reply" ? m.targetId : []))
      const { fresh, next } = ahead
      const reading = { id: channelId, place: thread.place, head: next.seq, fresh, addressed }
      if (line || addressed.length > 0) {
        await backForThread(tx, thread.place.channelId, channelId, addressed)
        await tellFollowers(tx, reading)
      }
    }
    if (direct) await movedOn(tx, channelId, ahead.fresh, ahead.next.seq)
    // Who asks what is unread passes by channels that did not move.
    if (added.length > 0 || line) await raiseLastSeq(tx, [[channelId, ahead.next.seq]])
    // What is a mention of another kind now is one all the same.
    const left = lost.filter((row) => !isNew.has(`${row.target}:${row.seq}`))
    // What is left of a message that lost one of its mentions is told again: clients know it by its number alone.
    const thinned = new Set(left.map((row) => row.seq))
    const told = wanted.filter((m) => isNew.has(`${m.targetId}:${m.seq}`) || thinned.has(m.seq))
    return {
      added: thread ? await unreadOnly(tx, channelId, told, cursor.seq) : told,
      // Who may no longer view the channel is told nothing of it.
      removed: left.flatMap(({ target, seq, room }) => (room ? [{ targetId: target, channelId, seq, room }] : [])),
      deleted,
      more: ahead.more,
      links,
    }
  })
}

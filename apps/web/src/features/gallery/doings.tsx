"use client"
import "../message/message.css"
import "../later/later.css"
import { useOnDemand } from "@hearth/ui"
import { useEffect } from "react"
import { EditConflict, OtherDraft } from "../draft/beside.tsx"
import { SavedRow } from "../later/saved-row.tsx"
import { useServices } from "../message/services.tsx"
import { ScheduledRow } from "../schedule/scheduled-row.tsx"
import { doings, saved, scheduled, talk, voted } from "./messages.ts"
import { OPEN } from "./place.ts"
import { Section, Specimen } from "./specimen.tsx"
import { One } from "./talk.tsx"

const nothing = () => {}
const edited = talk.find((m) => m.version > 1)

/** Nobody is signed in who could be asked what they voted for. */
const useVote = () => {
  const store = useOnDemand(useServices().own, true, nothing)
  useEffect(() => {
    const message = doings.find((m) => m.seq === voted.seq)
    if (!store || !message) return
    store.shown(message)
    store.reacted(voted)
  }, [store])
}

const Polls = () => {
  useVote()
  return doings.map((message) => <One key={message.seq} message={message} />)
}

/** What is done with messages, beyond saying them. */
export const Doings = () => (
  <Section id="doings" title="Asked, passed on, put off" columns={2}>
    <Specimen title="A poll that one voted in, one that is over, and what was passed on">
      <div className="room gal-room">
        <Polls />
      </div>
    </Specimen>
    <Specimen title="Saved: rung, to ring, gone">
      <div className="room later gal-room">
        <ul className="rows" aria-label="Saved">
          {saved.map((item) => (
            <SavedRow key={item.seq} item={item} onDone={nothing} onRemind={nothing} onRemove={nothing} />
          ))}
        </ul>
      </div>
    </Specimen>
    <Specimen title="To be sent later, and what could not be sent">
      <div className="room later gal-room">
        <ul className="rows" aria-label="Scheduled">
          {scheduled.map((item) => (
            <ScheduledRow key={item.id} item={item} onSendNow={nothing} onChange={nothing} onCancel={nothing} />
          ))}
        </ul>
      </div>
    </Specimen>
    <Specimen title="A draft of another device, and an edit that came too late">
      <div className="room gal-room">
        <div className="composer">
          <OtherDraft
            channelId={OPEN}
            other={{ text: "It is in the red tin now.", names: [], replyTo: null, version: 2 }}
          />
          {edited && (
            <EditConflict
              channelId={OPEN}
              seq={edited.seq}
              version={edited.version - 1}
              problem={null}
              busy={false}
              onSave={nothing}
              onKeep={nothing}
            />
          )}
        </div>
      </div>
    </Specimen>
  </Section>
)

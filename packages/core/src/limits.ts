// Numbers that both sides keep to, and browsers need without the schemas.
export const PAGE_LIMIT = 100
export const MAX_SPAN = 500
export const MAX_RESUME = 1000
export const BUCKET_SIZE = 1000
export const CHANNEL_SCOPE = -1
export const bucketOf = (seq: number): number => Math.floor((seq - 1) / BUCKET_SIZE)
/** For how long somebody who wrote counts as being there. */
export const WRITERS_MS = 900_000
export const MAX_WRITERS = 3
export const MAX_VIEWERS = 8
export const MAX_SLOWMODE_SECONDS = 21_600
/** So many unread mentions of a channel are told, the newest: beyond them a count says "99+". */
export const MAX_UNREAD_MENTIONS = 100
/** So many deleted messages of a channel are remembered, the newest: they are not unread. */
export const MAX_DELETIONS = 200
/** So many saved messages has an account; the oldest that are done make way. */
export const MAX_SAVED = 1000
/** How far away a reminder may be. */
export const MAX_AHEAD_MS = 366 * 86_400_000

/** So many messages wait for their time, of one account. */
export const MAX_SCHEDULED = 100

/** So many keywords an account wants to hear of, and how long one may be. */
export const MAX_ALERTS = 20
export const MAX_ALERT_POINTS = 40

/** Of members whose read marks are counted for an administrator. */
export const MAX_COUNTED = 100_000
/** What one node tells of one message. */
export const MAX_TRACE_STEPS = 200

/** So many of a message's links have a card. */
export const MAX_PREVIEWS = 3
/** A longer link has none. */
export const MAX_LINK_LENGTH = 2048

/** Whose faces a thread's line shows. */
export const MAX_THREAD_FACES = 3
/** A thread in which nobody wrote for so long is archived: it wakes when somebody does. */
export const THREAD_QUIET_MS = 7 * 86_400_000
/** So many unread threads does a snapshot have: the newest. */
export const MAX_UNREAD_THREADS = 100

/** So many conversations does a snapshot have: those in which somebody wrote last. */
export const MAX_CONVERSATIONS = 100
/** So many people are in a conversation at most. */
export const MAX_IN_GROUP = 100
/** So many of a conversation's people does a snapshot name. */
export const MAX_SHOWN_PEOPLE = 8

/** So many friends has an account, and so many requests of its own that wait. */
export const MAX_FRIENDS = 1000
export const MAX_FRIEND_REQUESTS = 100
export const FRIEND_CODE_LENGTH = 8
/** How long what is told to administrators may be. */
export const MAX_REPORT_POINTS = 1000
/** How long a status is, and for how long it holds at most. */
export const MAX_STATUS_POINTS = 100
export const MAX_STATUS_MS = 7 * 86_400_000
/** How long a note about somebody is. */
export const MAX_NOTE_POINTS = 500

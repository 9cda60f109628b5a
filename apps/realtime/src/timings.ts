/** Every time that the gateway waits for, in ms. Tests shorten them; one test keeps the defaults. */
export const defaultTimings = {
  pingInterval: 8_000,
  pingTimeout: 4_000,
  /** How often the outbox is asked beside its notifications. */
  outboxPoll: 250,
  /** How long one question to the outbox may take before its connection is given up. */
  outboxTimeout: 2_000,
  /** Permissions older than this are not used: nothing is delivered, joined or sent. */
  freshness: 30_000,
  /** An event loop that stood still for longer delivers nothing before a fresh poll. */
  stall: 1_000,
  /** How long a handshake waits until the node has read what the client has already seen. */
  catchUp: 5_000,
  heads: 15_000,
  /** How long after a change a channel's marks are advertised. */
  headMarks: 60_000,
  lastSeqFlush: 1_000,
  activity: 1_000,
  /** Between two words about who has a channel open, and how late it is told that somebody closed it: a reload is not seen. */
  viewers: 2_000,
  /** How long it is waited for more before other nodes and the room hear that somebody came. */
  viewersGather: 100,
  /** How long the first viewer of a channel on this node waits for what other nodes know. */
  viewersSettle: 400,
  /** How often a node with viewers says that it lives; silent for longer than the other, its viewers count no more. */
  viewersBeat: 3_000,
  viewersExpire: 10_000,
  /** How often all is told anew: what was told may not have arrived. */
  viewersRetell: 60_000,
  /** How often channels are looked for that the consumer of mentions has not read to their end. */
  mentionsSweep: 30_000,
  /** How long what is written in a thread is gathered before the message that it hangs on says so. */
  threadLine: 250,
  /** How often it is looked whether something is due. */
  timers: 1_000,
  /** How often it is looked whether another node left links to be looked at. */
  previews: 1_000,
  /** How soon it is asked again for a link that is being fetched. */
  previewAgain: 300,
  /** Between two words to one reader about what arrived in conversations and what was read, and how long is waited for more. */
  receipts: 1_000,
  receiptsGather: 50,
  typing: 4_000,
  /** How long a client may take to acknowledge one part of a resume. */
  resumePart: 10_000,
  sweep: 60_000,
  /** How often it is looked at whether the sessions of open sockets have run out. */
  sessions: 60_000,
  /** The longest random delay that a client is asked to wait before it comes back. */
  comeBack: 5_000,
  /** How often a client asks for what is new in a channel that too many look at. */
  pull: 2_000,
  drain: 30_000,
  /** A slice of fan-out, before other work gets its turn. */
  fanOutSlice: 5,
  /** How long what is written to a channel gathers at most while what was written before leaves for its viewers. */
  gather: 25,
}
export type Timings = typeof defaultTimings

export const defaultSizes = {
  maxConnections: 50_000,
  /** Appends and changes that wait on this node. More are refused at once. */
  inFlight: 4_096,
  inFlightOfChannel: 512,
  batchDrafts: 64,
  batchBytes: 65_536,
  resumePartBytes: 262_144,
  openChannels: 20,
  /** What may wait for one socket that does not read: ephemera stop at the first, the socket ends at the second. */
  slowEphemera: 65_536,
  slowReader: 1_048_576,
  /** Rooms above this are served in slices. */
  largeRoom: 256,
  eventBurst: 100,
  eventsPerSecond: 40,
  /** Where more people look than this, nothing is pushed: they ask. */
  pullAbove: 10_000,
  /** Who wrote lately, remembered of one channel and of all. */
  writersOfChannel: 100,
  writers: 200_000,
  sendBurst: 10,
  sendsPerSecond: 5,
}
export type Sizes = typeof defaultSizes

import { accountRouter } from "./account/router.ts"
import { alertRouter } from "./alert/router.ts"
import { openingRouter } from "./app/router.ts"
import { catchUpRouter } from "./catch-up/router.ts"
import { channelRouter } from "./channel/router.ts"
import { conversationRouter } from "./conversation/router.ts"
import { draftRouter } from "./draft/router.ts"
import { friendRouter } from "./friend/router.ts"
import { gatewayRouter } from "./gateway/router.ts"
import { guildRouter } from "./guild/router.ts"
import { inviteRouter } from "./invite/router.ts"
import { laterRouter } from "./later/router.ts"
import { memberRouter } from "./member/router.ts"
import { mentionRouter } from "./mention/router.ts"
import { messageRouter } from "./message/router.ts"
import { pinRouter } from "./pin/router.ts"
import { reactionRouter } from "./reaction/router.ts"
import { receiptRouter } from "./receipt/router.ts"
import { reportRouter } from "./report/router.ts"
import { scheduleRouter } from "./schedule/router.ts"
import { sessionRouter } from "./session/router.ts"
import { setupRouter } from "./setup/router.ts"
import { statusRouter } from "./status/router.ts"
import { threadRouter } from "./thread/router.ts"
import { traceRouter } from "./trace/router.ts"
import { createCallerFactory, router } from "./trpc.ts"
import { userRouter } from "./user/router.ts"

export const appRouter = router({
  setup: setupRouter,
  account: accountRouter,
  session: sessionRouter,
  gateway: gatewayRouter,
  alert: alertRouter,
  app: openingRouter,
  guild: guildRouter,
  catchUp: catchUpRouter,
  channel: channelRouter,
  conversation: conversationRouter,
  draft: draftRouter,
  friend: friendRouter,
  invite: inviteRouter,
  later: laterRouter,
  member: memberRouter,
  mention: mentionRouter,
  message: messageRouter,
  pin: pinRouter,
  reaction: reactionRouter,
  receipt: receiptRouter,
  report: reportRouter,
  schedule: scheduleRouter,
  status: statusRouter,
  thread: threadRouter,
  trace: traceRouter,
  user: userRouter,
})
export type AppRouter = typeof appRouter

/** Calls procedures as a request would, without HTTP. */
export const createCaller = createCallerFactory(appRouter)

import {
  CancelScheduledRequest,
  ListScheduledRequest,
  RescheduleRequest,
  ScheduleRequest,
  SendNowRequest,
} from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import { list } from "./list.ts"
import * as schedule from "./service.ts"

export const scheduleRouter = router({
  create: signedIn.input(ScheduleRequest).mutation(({ ctx, input }) => schedule.create(ctx, input)),
  update: signedIn.input(RescheduleRequest).mutation(({ ctx, input }) => schedule.update(ctx, input)),
  sendNow: signedIn.input(SendNowRequest).mutation(({ ctx, input }) => schedule.sendNow(ctx, input)),
  cancel: signedIn.input(CancelScheduledRequest).mutation(({ ctx, input }) => schedule.cancel(ctx, input)),
  list: signedIn.input(ListScheduledRequest).query(({ ctx, input }) => list(ctx, input)),
})

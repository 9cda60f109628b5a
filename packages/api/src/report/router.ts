import { ListReportsRequest, SeeReportRequest, SendReportRequest } from "@hearth/core"
import { administrator, router, signedIn } from "../trpc.ts"
import * as report from "./service.ts"

export const reportRouter = router({
  send: signedIn.input(SendReportRequest).mutation(({ ctx, input }) => report.send(ctx, input)),
  list: administrator.input(ListReportsRequest).query(({ ctx, input }) => report.list(ctx, input)),
  see: administrator.input(SeeReportRequest).mutation(({ ctx, input }) => report.see(ctx, input)),
})

import { ListVersionsRequest, MversRequest, PageRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import { mvers } from "./mvers.ts"
import * as message from "./service.ts"
import { versions } from "./versions.ts"

export const messageRouter = router({
  page: signedIn.input(PageRequest).query(({ ctx, input }) => message.page(ctx, input)),
  mvers: signedIn.input(MversRequest).query(({ ctx, input }) => mvers(ctx, input)),
  versions: signedIn.input(ListVersionsRequest).query(({ ctx, input }) => versions(ctx, input)),
})

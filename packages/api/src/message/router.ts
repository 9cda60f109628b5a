import { ListVersionsRequest, PageRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as message from "./service.ts"
import { versions } from "./versions.ts"

export const messageRouter = router({
  page: signedIn.input(PageRequest).query(({ ctx, input }) => message.page(ctx, input)),
  versions: signedIn.input(ListVersionsRequest).query(({ ctx, input }) => versions(ctx, input)),
})

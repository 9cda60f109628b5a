import { ConversationRequest, ReceiptRules } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as receipt from "./service.ts"

export const receiptRouter = router({
  list: signedIn.input(ConversationRequest).query(({ ctx, input }) => receipt.list(ctx, input)),
  rules: signedIn.query(({ ctx }) => receipt.rules(ctx)),
  setRules: signedIn.input(ReceiptRules).mutation(({ ctx, input }) => receipt.setRules(ctx, input)),
})

import {
  AskFriendRequest,
  FriendAskRequest,
  FriendRequest,
  FriendRules,
  ListFriendAsksRequest,
  ListRequest,
} from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as answer from "./answer.ts"
import { ask } from "./ask.ts"
import * as own from "./own.ts"
import { list, requests, state } from "./list.ts"

export const friendRouter = router({
  ask: signedIn.input(AskFriendRequest).mutation(({ ctx, input }) => ask(ctx, input)),
  accept: signedIn.input(FriendAskRequest).mutation(({ ctx, input }) => answer.accept(ctx, input)),
  decline: signedIn.input(FriendAskRequest).mutation(({ ctx, input }) => answer.decline(ctx, input)),
  cancel: signedIn.input(FriendAskRequest).mutation(({ ctx, input }) => answer.cancel(ctx, input)),
  remove: signedIn.input(FriendRequest).mutation(({ ctx, input }) => answer.remove(ctx, input)),
  list: signedIn.input(ListRequest).query(({ ctx, input }) => list(ctx, input)),
  requests: signedIn.input(ListFriendAsksRequest).query(({ ctx, input }) => requests(ctx, input)),
  state: signedIn.input(FriendRequest).query(({ ctx, input }) => state(ctx, input)),
  code: signedIn.query(({ ctx }) => own.code(ctx)),
  renewCode: signedIn.mutation(({ ctx }) => own.renewCode(ctx)),
  rules: signedIn.query(({ ctx }) => own.rules(ctx)),
  setRules: signedIn.input(FriendRules).mutation(({ ctx, input }) => own.setRules(ctx, input)),
})

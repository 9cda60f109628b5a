import {
  AddToConversationRequest,
  BlockRequest,
  ConversationLinesRequest,
  ConversationRequest,
  FindPeopleRequest,
  ListConversationsRequest,
  MuteConversationRequest,
  OpenConversationRequest,
  PersonInConversationRequest,
  RemoveIconRequest,
  RenameConversationRequest,
  WritingRules,
} from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as block from "./block.ts"
import { find } from "./find.ts"
import * as group from "./group.ts"
import { removeIcon } from "./icon.ts"
import { lines, list } from "./list.ts"
import { open } from "./open.ts"
import * as own from "./own.ts"

export const conversationRouter = router({
  open: signedIn.input(OpenConversationRequest).mutation(({ ctx, input }) => open(ctx, input)),
  find: signedIn.input(FindPeopleRequest).query(({ ctx, input }) => find(ctx, input)),
  list: signedIn.input(ListConversationsRequest).query(({ ctx, input }) => list(ctx, input)),
  lines: signedIn.input(ConversationLinesRequest).query(({ ctx, input }) => lines(ctx, input)),
  show: signedIn.input(ConversationRequest).mutation(({ ctx, input }) => own.show(ctx, input)),
  close: signedIn.input(ConversationRequest).mutation(({ ctx, input }) => own.close(ctx, input)),
  mute: signedIn.input(MuteConversationRequest).mutation(({ ctx, input }) => own.mute(ctx, input)),
  accept: signedIn.input(ConversationRequest).mutation(({ ctx, input }) => own.accept(ctx, input)),
  decline: signedIn.input(ConversationRequest).mutation(({ ctx, input }) => own.decline(ctx, input)),
  rename: signedIn.input(RenameConversationRequest).mutation(({ ctx, input }) => group.rename(ctx, input)),
  removeIcon: signedIn.input(RemoveIconRequest).mutation(({ ctx, input }) => removeIcon(ctx, input)),
  add: signedIn.input(AddToConversationRequest).mutation(({ ctx, input }) => group.add(ctx, input)),
  remove: signedIn.input(PersonInConversationRequest).mutation(({ ctx, input }) => group.remove(ctx, input)),
  leave: signedIn.input(ConversationRequest).mutation(({ ctx, input }) => group.leave(ctx, input)),
  block: signedIn.input(BlockRequest).mutation(({ ctx, input }) => block.set(ctx, input)),
  blocked: signedIn.input(ListConversationsRequest).query(({ ctx, input }) => block.list(ctx, input)),
  rules: signedIn.query(({ ctx }) => own.rules(ctx)),
  setRules: signedIn.input(WritingRules).mutation(({ ctx, input }) => own.setRules(ctx, input)),
})

import { NoteRequest, ProfileRequest, UsersRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as profile from "./profile.ts"
import * as user from "./service.ts"

export const userRouter = router({
  byIds: signedIn.input(UsersRequest).query(({ ctx, input }) => user.byIds(ctx, input)),
  profile: signedIn.input(ProfileRequest).query(({ ctx, input }) => profile.profile(ctx, input)),
  setNote: signedIn.input(NoteRequest).mutation(({ ctx, input }) => profile.setNote(ctx, input)),
})

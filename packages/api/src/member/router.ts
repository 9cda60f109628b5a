import { ListMembersRequest, MemberRequest, SearchMembersRequest, SetRolesRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import { search } from "./search.ts"
import * as member from "./service.ts"

export const memberRouter = router({
  list: signedIn.input(ListMembersRequest).query(({ ctx, input }) => member.list(ctx, input)),
  search: signedIn.input(SearchMembersRequest).query(({ ctx, input }) => search(ctx, input)),
  setRoles: signedIn.input(SetRolesRequest).mutation(({ ctx, input }) => member.setRoles(ctx, input)),
  kick: signedIn.input(MemberRequest).mutation(({ ctx, input }) => member.kick(ctx, input)),
})

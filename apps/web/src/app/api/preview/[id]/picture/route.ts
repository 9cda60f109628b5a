import { readPicture } from "@hearth/db/previews"
import { currentSession } from "@/server/auth.ts"
import { deps } from "@/server/deps.ts"
import { answerPicture } from "@/server/preview-picture.ts"

export const GET = async (_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  answerPicture((await params).id, {
    isSignedIn: async () => (await currentSession()) !== null,
    read: (id) => readPicture(deps().db, id),
  })

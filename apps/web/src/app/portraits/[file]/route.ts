import { answerPortrait } from "../../../server/portrait.ts"

export const GET = async (_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> =>
  answerPortrait((await params).file)

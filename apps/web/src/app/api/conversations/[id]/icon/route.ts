import { icons } from "@/server/trpc-handler.ts"

export const POST = async (request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> =>
  icons.give(request, (await params).id)

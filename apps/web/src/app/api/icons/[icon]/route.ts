import { icons } from "@/server/trpc-handler.ts"

export const GET = async (request: Request, { params }: { params: Promise<{ icon: string }> }): Promise<Response> =>
  icons.show(request, (await params).icon)

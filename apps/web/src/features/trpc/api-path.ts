export const API = "/api/trpc"

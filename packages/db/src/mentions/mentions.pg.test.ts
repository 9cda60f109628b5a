import { macKey } from "../message-store/contract/bed.ts"
import { openPostgresStore } from "../message-store/postgres.ts"
import { describeMentions } from "./contract.ts"

describeMentions("PostgreSQL", async ({ url }) => openPostgresStore({ url, macKey, max: 4 }))

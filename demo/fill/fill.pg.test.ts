import { describeFill } from "./contract.ts"

describeFill("PostgreSQL")

import { z } from "zod"

/** A 64-bit permission set as a decimal string. */
export const PermissionSet = z.string().regex(/^[0-9]{1,20}$/)
export type PermissionSet = z.infer<typeof PermissionSet>

import { type SQL, sql } from "drizzle-orm"

/** Whether somebody tells and is told. */
export const isShown = (userId: SQL): SQL =>
  sql`not exists (select from receipt_rules x where x.user_id = ${userId} and not x.shown)`

/** Whether neither of two blocked the other. */
export const areOpen = (a: SQL, b: SQL): SQL =>
  sql`not exists (
    select from blocks b where (b.user_id = ${a} and b.blocked_id = ${b}) or (b.user_id = ${b} and b.blocked_id = ${a}))`

export { dueOf, holdUser, ringNext } from "./reminders.ts"

import { redirect } from "next/navigation"

const SettingsStart = () => redirect("/settings/account")

export default SettingsStart

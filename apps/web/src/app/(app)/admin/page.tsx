import { redirect } from "next/navigation"

const AdminStart = () => redirect("/admin/message")

export default AdminStart

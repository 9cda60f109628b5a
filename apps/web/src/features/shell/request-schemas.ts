export { ChangePasswordRequest, UpdateAccountRequest, UpdateGuildRequest } from "@hearth/core"

export { AlertRequest, ChangePasswordRequest, UpdateAccountRequest, UpdateGuildRequest } from "@hearth/core"

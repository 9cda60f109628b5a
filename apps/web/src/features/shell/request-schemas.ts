export { AlertRequest, ChangePasswordRequest, StartPoll, UpdateAccountRequest, UpdateGuildRequest } from "@hearth/core"

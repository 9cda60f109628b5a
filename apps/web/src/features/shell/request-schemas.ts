export {
  AlertRequest,
  ChangePasswordRequest,
  SetStatusRequest,
  StartPoll,
  UpdateAccountRequest,
  UpdateGuildRequest,
} from "@hearth/core"

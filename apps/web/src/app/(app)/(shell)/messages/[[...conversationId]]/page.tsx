// The shell draws it, from the address.
const MessagesPage = () => null

export default MessagesPage

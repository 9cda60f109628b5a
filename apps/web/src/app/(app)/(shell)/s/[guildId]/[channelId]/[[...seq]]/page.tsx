// The shell draws it, from the address.
const ChannelPage = () => null

export default ChannelPage

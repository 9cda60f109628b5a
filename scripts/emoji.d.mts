export declare const emojiJson: (locale: string) => string

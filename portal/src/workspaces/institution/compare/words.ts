import { words } from '../../../words/words.ts'

/** Texts of the comparison of two parties. */
export const compareWords = words(
  {
    title: '并排对照',
    about: '左右是两个独立的登录：各自只收到自己有权看的内容。',
    left: '左边',
    right: '右边',
    signIn: '以{who}登录右边',
    empty: '右边还没有登录。选一个身份，就能看到同一批在它那里是什么样子。',
    same: '左右是同一个机构',
    back: '回到这一批',
    onlyDemonstration: '只有演示环境可以同时登录两个身份。',
    pane: '{side}：{who}',
    other: '两边看到的不同',
  },
  {
    title: 'Side by side',
    about: 'Two separate sign-ins: each receives only what it may see.',
    left: 'Left',
    right: 'Right',
    signIn: 'Sign the right side in as {who}',
    empty: 'The right side is not signed in. Choose an identity to see the same batch as it does.',
    same: 'Both sides are the same body',
    back: 'Back to the batch',
    onlyDemonstration: 'Only a demonstration signs two identities in at once.',
    pane: '{side}: {who}',
    other: 'What differs',
  },
)

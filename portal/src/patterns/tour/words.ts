import { words } from '../../words/words.ts'

/** Texts of the story. */
export const tourWords = words(
  {
    bar: '演示导览',
    place: '{n} / {count}',
    go: '以{who}的身份去办理',
    standIn: '请示例人员代办',
    standingIn: '正在代办',
    leave: '退出导览',
    over: '这笔缴费走完了。下载凭证，断网也能核验。',
    toEnd: '看本人的对账单',
    toStart: '回到演示首页',
    notDone: '代办没有成功：{why}',
  },
  {
    bar: 'Guided tour',
    place: '{n} of {count}',
    go: 'Do it as {who}',
    standIn: 'Let a sample officer do it',
    standingIn: 'Being done',
    leave: 'Leave the tour',
    over: 'The contribution is through. Download the evidence and verify it offline.',
    toEnd: 'See the worker’s statement',
    toStart: 'Back to the start',
    notDone: 'It was not done: {why}',
  },
)

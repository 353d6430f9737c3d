import { words } from '../../words/words.ts'

/** Texts of states that every screen has. */
export const stateWords = words(
  {
    waiting: '正在读取',
    stillWaiting: '还在等{whom}的答复',
    thisNode: '本单位的服务',
    basis: '依据：',
    again: '再试一次',
    reference: '报修编号 {reference}',
    noAnswer: '没有连上本单位的服务。您填的内容还在，什么都没有提交。',
    signInRequired: '请先登录。',
    absent: '没有这一项，或者您不能查看它。',
    tooMany: '同时办理的太多了，请过一会儿再试。重试不会重复提交。',
    stepNotYours: '这一步不由您的单位办理。',
    stillPending: '正在确认这一步是否已入账，请不要重新提交。通常不超过 1 分钟。',
    notWhatWasMeant: '内容与要签的指纹不一致，已停止，没有签名。',
    refusedWith: '没有办成：{code}',
    failed: '没有办成，什么都没有记录。',
  },
  {
    waiting: 'Reading',
    stillWaiting: 'Still waiting for {whom}',
    thisNode: 'your organisation’s service',
    basis: 'Basis: ',
    again: 'Try again',
    reference: 'Reference {reference}',
    noAnswer:
      'We could not reach your organisation’s service. What you entered is kept; nothing was submitted.',
    signInRequired: 'Please sign in first.',
    absent: 'There is no such thing, or you may not see it.',
    tooMany: 'Too much at once. Please try again in a moment; nothing is submitted twice.',
    stepNotYours: 'This step is not held by your organisation.',
    stillPending:
      'We are checking whether this step was recorded. Do not submit again; it usually takes less than a minute.',
    notWhatWasMeant:
      'The content does not match what was to be signed. Stopped; nothing was signed.',
    refusedWith: 'Not done: {code}',
    failed: 'Not done; nothing was recorded.',
  },
)

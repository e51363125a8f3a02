enum Wait { Long = 20 }

export const settings: any = { receiveWaitTimeSeconds: Wait.Long, visibilityTimeout: 30 };

import { sum } from '@acme/shared';

addEventListener('message', (event) => postMessage(sum(event.data)));

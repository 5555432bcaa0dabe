// Appends the rounds of a plan to the log of a directory: DIRECTORY PLAN (JSON). Prints the number of each append that is
// acknowledged, `-` with its number and the error's name for one that is not, and `closed` at the end.
import { openSqliteEventStore } from '../../dist/infra/event-store/sqlite/index.js';
import { logPlan } from './log-plan.mjs';

const [directory, text] = process.argv.slice(2);
const plan = JSON.parse(text);
const open = () => openSqliteEventStore({ directory, access: 'read-write' });
const tell = (line) => process.stdout.write(`${line}\n`);

let store = await open();
let number = 0;
for (const [index, round] of logPlan(plan).entries()) {
  if (index > 0 && index % plan.reopenEvery === 0) {
    await store.close();
    store = await open();
  }
  await Promise.all(
    round.map((batches) => {
      const own = number++;
      return store.appendAll(batches).then(
        () => tell(`${own}`),
        (error) => tell(`-${own} ${error.name}`),
      );
    }),
  );
}
await store.close();
tell('closed');

import type { DomainEvent } from './decider.js';
import type { Personal, PersonalFields, PersonalFieldsOf } from './personal-data.js';

interface Contact {
  readonly email: string;
}
type Guest<Data> = DomainEvent<'guest.arrived.v1', { readonly guestId: string; readonly room: number } & Data>;
type Arrived = Guest<{ readonly contact: Personal<Contact> | null; readonly note?: Personal<string> }>;
type Booked = DomainEvent<'room.booked.v1', { readonly room: number; readonly beds: readonly { wide: boolean }[] }>;

const type = 'guest.arrived.v1';

// What is expected here is seen by the compiler: each of the directives fails where its line would compile.
describe('the declaration of personal fields', () => {
  it('takes each of them, in any order, and the person', () => {
    const one: PersonalFieldsOf<Arrived | Booked> = { [type]: { person: 'guestId', fields: ['contact', 'note'] } };
    const other: PersonalFieldsOf<Arrived | Booked> = { [type]: { person: 'guestId', fields: ['note', 'contact'] } };
    const nothing: PersonalFieldsOf<Booked> = {};
    const tables: readonly PersonalFields[] = [one, other, nothing];
    expect(tables).toHaveLength(3);
  });

  it('does not compile without an event type that has one', () => {
    // @ts-expect-error the event has personal fields
    const none: PersonalFieldsOf<Arrived | Booked> = {};
    // @ts-expect-error another version is another type
    const older: PersonalFieldsOf<Arrived> = { 'guest.arrived.v0': { person: 'guestId', fields: ['contact', 'note'] } };
    expect([none, older]).toHaveLength(2);
  });

  it('does not compile without one of the fields, or with one that is not personal', () => {
    // @ts-expect-error the note is personal too
    const few: PersonalFieldsOf<Arrived> = { [type]: { person: 'guestId', fields: ['contact'] } };
    // @ts-expect-error the room is not
    const many: PersonalFieldsOf<Arrived> = { [type]: { person: 'guestId', fields: ['contact', 'note', 'room'] } };
    const both: PersonalFieldsOf<Arrived | Booked> = {
      [type]: { person: 'guestId', fields: ['contact', 'note'] },
      // @ts-expect-error nothing of this event is
      'room.booked.v1': { person: 'room', fields: [] },
    };
    expect([few, many, both]).toHaveLength(3);
  });

  it('does not compile with a person who is no text of the event', () => {
    // @ts-expect-error a number is no id of a person
    const room: PersonalFieldsOf<Arrived> = { [type]: { person: 'room', fields: ['contact', 'note'] } };
    // @ts-expect-error there is no such field
    const absent: PersonalFieldsOf<Arrived> = { [type]: { person: 'personId', fields: ['contact', 'note'] } };
    expect([room, absent]).toHaveLength(2);
  });

  it('does not compile where something personal is buried in a field, which is sealed as a whole', () => {
    type Buried = Guest<{ readonly visits: readonly { readonly by?: { readonly name: Personal<string> } }[] }>;
    // @ts-expect-error the event has something personal
    const none: PersonalFieldsOf<Buried> = {};
    // @ts-expect-error and not at the top
    const buried: PersonalFieldsOf<Buried> = { [type]: { person: 'guestId', fields: ['visits'] } };
    type Whole = Guest<{ readonly visits: Personal<readonly { readonly by?: string }[]> }>;
    const whole: PersonalFieldsOf<Whole> = { [type]: { person: 'guestId', fields: ['visits'] } };
    expect([none, buried, whole]).toHaveLength(3);
  });

  it('sees what is personal in a type that is a member of itself', () => {
    interface Wing {
      readonly beds: number;
      readonly without?: Wing;
    }
    interface Family {
      readonly name: Personal<string>;
      readonly children?: Family;
    }
    interface Chain {
      readonly next?: Personal<Chain>;
    }
    const nothing: PersonalFieldsOf<Guest<{ readonly wing: Wing }>> = {};
    // @ts-expect-error the family has names
    const family: PersonalFieldsOf<Guest<{ readonly family: Family }>> = {};
    // @ts-expect-error the next one is personal
    const chain: PersonalFieldsOf<Guest<{ readonly chain: Chain }>> = {};
    expect([nothing, family, chain]).toHaveLength(3);
  });
});

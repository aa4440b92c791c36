import { describe, expect, it } from 'vitest';
import {
  callSignIdentity,
  isWigosId,
  ownIdentity,
  wbanIdentity,
  wigosIdentity,
  wmoIdentity,
  wmoNumberOf,
} from '../../src/sources/identity.js';

describe('the identity of a station', () => {
  it('is the same by WMO number and by the WIGOS id that holds it', () => {
    expect(wigosIdentity('0-20000-0-11035')).toEqual(wmoIdentity('11035', '11035'));
    expect(wmoIdentity('11035', '11035')).toEqual({
      primaryId: '0-20000-0-11035',
      primaryScheme: 0,
      secondaryId: '11035',
      secondaryScheme: 4,
      platformType: 0,
    });
  });

  it('keeps the id of the archive as the secondary one', () => {
    expect(wmoIdentity('11035', 'AUM00011035')).toMatchObject({
      secondaryId: 'AUM00011035',
      secondaryScheme: 6,
    });
    expect(wbanIdentity('99007', '2:99007')).toEqual({
      ...wbanIdentity('99007', 'XXW00099007'),
      secondaryId: '2:99007',
    });
    expect(callSignIdentity('DEMO1', 2, 'ZZV000DEMO1')).toMatchObject({
      primaryId: 'DEMO1',
      primaryScheme: 5,
      secondaryId: 'ZZV000DEMO1',
      platformType: 2,
    });
    expect(callSignIdentity('DEMO1', 2).secondaryId).toBeNull();
  });

  it('has a WBAN number of five digits with its name before it', () => {
    expect(wbanIdentity('4614', '2:4614')).toMatchObject({ primaryId: 'WBAN-04614', primaryScheme: 3 });
  });

  it('takes a call sign without a letter for nothing but the own id', () => {
    expect(callSignIdentity('12345', 2, 'ship:12345')).toEqual(ownIdentity('ship:12345', 6, 2));
  });

  it('knows the ships among the WIGOS ids by their issuers', () => {
    expect(wigosIdentity('0-20003-0-ASDE3').platformType).toBe(2);
    expect(wigosIdentity('0-20007-0-9109433').platformType).toBe(2);
    expect(wigosIdentity('0-276-0-10393').platformType).toBeNull();
    expect(wigosIdentity('0-20001-0-11035').primaryId).toBe('0-20001-0-11035');
  });

  it('tells WIGOS ids from other texts', () => {
    expect(['0-20000-0-11035', '0-276-0-A1'].every(isWigosId)).toBe(true);
    expect(['11035', '0-20000-11035', '0-20000-0-', '0-20000-0-11 035'].some(isWigosId)).toBe(false);
    expect(wmoNumberOf('0-20000-0-1103')).toBeNull();
    expect(wmoNumberOf('0-20001-0-11035')).toBeNull();
  });
});

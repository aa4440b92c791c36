/** The labels of ECMWF's archive: class, type and stream by their codes. */

/** Names in the order of their codes; `51:ai` says that the names from there on have the codes 51, 52 ... */
const CLASSES = `
  1:od rd er cs e4 dm pv el to co en ti me ei sr dt la yt mc pe em e2 ea ep rm nr s2 j5 ur et c3 yp l5
  lw ce cr rr ul gw e6 l6 ef gf gg 51:ai 99:te at be hr dk fi fr de gr hu is ie it nl no pt si es se ch
  tr uk ms 199:ma
`;

const TYPES = `
  1:fg an ia oi 3v 4v 3g 4g fc cf pf ef ea cm cs fp em es fa cl si s3 ed tu ff of efi efic pb ep bf cd
  4i go me pd ci sot eme im 42:sim wem wes cr ses taem taes 50:sg 52:sf 60:pa icp sv as svar cv 70:or
  fx fu sfo tpa if 80:fcmean fcmax fcmin fcstdev 86:hcmean ssd gsd ga gai
`;

const STREAMS = `
  1022:fsob fsow dahc oper scda scwv dcda dcwv enda 1032:efho enfh efov enfo sens maed amap efhc efhs
  toga cher mnth supd wave ocea fgge 1050:egrr kwbc edzw lfpw rjtd cwao ammc efas efse efcl wfas wfcl
  wfse efrf efsr wfrf wfsr 1070:msdc moda monr mnvr msda mdfa dacl wehs ewho enwh wamo waef wasf mawv
  ewhc wvhc weov wavm ewda dacw seas sfmm swmm mofc mofm wamf wmfm smma 1110:seap 1120:eefh eehs eefo
  weef weeh wees 1200:mnfc mnfh mnfa mnfw mfhw mfaw mnfm mfhm mfam mfwm mhwm mawm 1220:mmsf msmm wams
  mswm mmsa 1230:mmaf mmam mmaw mmwm 1240:esmm ehmm edmm edmo ewmo ewmm espd lwda lwwv elda ewla wamd
  gfas ocda olda gfra 2231:cnrm mpic ukmo
`;

function namesOf(table: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  let code = 0;
  for (const word of table.trim().split(/\s+/)) {
    const [, start, name] = /^(?:(\d+):)?(.+)$/.exec(word)!;
    code = start === undefined ? code + 1 : Number(start);
    names.set(code, name!);
  }
  return names;
}

const classes = namesOf(CLASSES);
const types = namesOf(TYPES);
const streams = namesOf(STREAMS);

/** Where a field stands in ECMWF's archive. Codes without a name are given as digits. */
export interface MarsLabels {
  class: string;
  type: string;
  /** Code of the type. */
  typeCode: number;
  stream: string;
  /** Version of the experiment, four characters: `0001` is operational. */
  expver: string;
}

/** The labels of the codes, with the four octets of the version. */
export function marsLabels(codes: readonly [number, number, number], expver: Uint8Array): MarsLabels {
  const [classCode, typeCode, streamCode] = codes;
  return {
    class: classes.get(classCode) ?? String(classCode),
    type: types.get(typeCode) ?? String(typeCode),
    typeCode,
    stream: streams.get(streamCode) ?? String(streamCode),
    expver: versionOf(expver),
  };
}

/** Some write the version as a number and not as letters. */
function versionOf(octets: Uint8Array): string {
  const printable = octets.every((octet) => octet > 0x20 && octet < 0x7f);
  if (printable) return String.fromCharCode(...octets);
  return String(octets.reduce((number, octet) => number * 256 + octet, 0)).padStart(4, '0');
}

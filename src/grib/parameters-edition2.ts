/**
 * Parameters of edition 2, one a line: discipline, category and number, where it holds, short name, name of the variable in CF files where it is another,
 * units, quantity. Of the lines of one parameter the first that holds counts. Names and units are those of ecCodes 2.28.
 */
export const EDITION_2 = `
0.0.0|level=103:2|2t|t2m|K|temperature
0.0.0||t||K|temperature
0.0.1||vtmp||K|
0.0.2||pt||K|
0.0.3||papt||K|
0.0.4||tmax||K|
0.0.5||tmin||K|
0.0.6|level=103:2|2d|d2m|K|dew_point_temperature
0.0.6||dpt||K|dew_point_temperature
0.0.7||depr||K|
0.0.10|level=1 process=1|slhf||J m-2|
0.0.10||lhtfl||W m-2|
0.0.11|level=1 process=1|sshf||J m-2|
0.0.11|level=1|ishf||W m-2|
0.0.17|level=1|skt||K|
0.0.21||aptmp||K|
0.0.32||wbpt||K|
0.1.0|level=103:2|2sh|sh2|kg kg-1|specific_humidity
0.1.0||q||kg kg-1|specific_humidity
0.1.1|level=103:2|2r|r2|%|relative_humidity
0.1.1||r||%|relative_humidity
0.1.3||pwat||kg m-2|
0.1.7||prate||kg m-2 s-1|
0.1.8||tp||kg m-2|
0.1.9||ncpcp||kg m-2|
0.1.10||acpcp||kg m-2|
0.1.11|centre=7|sdwe||kg m-2|
0.1.11||sde||m|
0.1.13||sdwe||kg m-2|
0.1.19||ptype||code 4.201|
0.1.22||clwmr||kg kg-1|
0.1.23||icmr||kg kg-1|
0.1.24||rwmr||kg kg-1|
0.1.25||snmr||kg kg-1|
0.1.33||crain||code 4.222|
0.1.34||cfrzr||code 4.222|
0.1.35||cicep||code 4.222|
0.1.36||csnow||code 4.222|
0.1.37|level=1 process=1|cp||kg m-2|
0.1.37||cprat||kg m-2 s-1|
0.1.52|level=1 process=1|tp||kg m-2|
0.1.52|level=1|tprate||kg m-2 s-1|
0.1.52|process=0|mtpf||kg m-2 s-1|
0.1.53|level=1 process=1|sf||kg m-2|
0.1.53||tsrwe||kg m-2 s-1|
0.1.54|level=1 process=1|lsp||kg m-2|
0.1.54||lsprate||kg m-2 s-1|
0.1.60||sd||kg m-2|
0.1.61||rsn||kg m-3|
0.1.64|level=1-8|tcwv||kg m-2|
0.1.69|level=1-8|tclw||kg m-2|
0.1.70|level=1-8|tciw||kg m-2|
0.1.83||clwc||kg kg-1|
0.1.84||ciwc||kg kg-1|
0.1.192|centre=98 level=1 process=1|tisef||kg m-2|
0.1.192|centre=7|crain||code 4.222|
0.1.193|centre=98 level=1 process=1|tp||m|
0.1.193|centre=7|cfrzr||code 4.222|
0.1.194|centre=98 level=1 process=1|fzra||m|
0.1.194|centre=7|cicep||code 4.222|
0.1.195|centre=7|csnow||code 4.222|
0.1.196|centre=98 level=1 process=1|lsp||m|
0.1.196|centre=7|cprat||kg m-2 s-1|
0.1.200|centre=98 level=1 process=1|pev||m|
0.1.200|centre=7|pevpr||W m-2|
0.1.254|centre=98|sd||m of water equivalent|
0.2.0|level=103:10|10wdir|wdir10|degree|
0.2.0||wdir||degree|
0.2.1|level=103:10|10si|si10|m s-1|
0.2.1|level=103:100|100si|si100|m s-1|
0.2.1|level=103:200|200si|si200|m s-1|
0.2.1||ws||m s-1|
0.2.2|level=103:10|10u|u10|m s-1|eastward_wind
0.2.2|level=103:100|100u|u100|m s-1|eastward_wind
0.2.2|level=103:200|200u|u200|m s-1|eastward_wind
0.2.2||u||m s-1|eastward_wind
0.2.3|level=103:10|10v|v10|m s-1|northward_wind
0.2.3|level=103:100|100v|v100|m s-1|northward_wind
0.2.3|level=103:200|200v|v200|m s-1|northward_wind
0.2.3||v||m s-1|northward_wind
0.2.4||strf||m2 s-1|
0.2.5||vp||m2 s-1|
0.2.8||w||Pa s-1|vertical_velocity
0.2.9||wz||m s-1|
0.2.10||absv||s-1|
0.2.12||vo||s-1|
0.2.13||d||s-1|
0.2.14||pv||K m2 kg-1 s-1|
0.2.17|level=1 process=1|tisemf||N m-2 s|
0.2.17||uflx||N m-2|
0.2.18|level=1 process=1|tisnmf||N m-2 s|
0.2.18||vflx||N m-2|
0.2.22|level=103:10|i10fg||m s-1|
0.2.22||gust||m s-1|
0.2.192|centre=7|vwsh||s-1|
0.2.194|centre=7|ustm||m s-1|
0.2.195|centre=7|vstm||m s-1|
0.3.0|level=1|sp||Pa|surface_pressure
0.3.0|level=101|msl||Pa|mean_sea_level_pressure
0.3.0|level=7|trpp||Pa|
0.3.0||pres||Pa|pressure
0.3.1||prmsl||Pa|mean_sea_level_pressure
0.3.3||icaht||m|
0.3.4||z||m2 s-2|geopotential
0.3.5|level=1|orog||m|surface_altitude
0.3.5||gh||gpm|geopotential_height
0.3.6||h||m|
0.3.9||gpa||gpm|
0.3.18||blh||m|
0.3.25|centre=98 level=105|lnsp|||log_surface_pressure
0.3.192|centre=7|mslet||Pa|mean_sea_level_pressure
0.3.193|centre=7|5wavh||gpm|
0.3.194|centre=7|u-gwd||N m-2|
0.3.195|centre=7|v-gwd||N m-2|
0.3.197|centre=7|5wava||gpm|
0.4.0||nswrs||W m-2|
0.4.1|level=8 process=1|tsr||J m-2|
0.4.1||nswrt||W m-2|
0.4.7|level=1 process=1|ssrd||J m-2|
0.4.7|level=8 process=1|tisr||J m-2|
0.4.7||dswrf||W m-2|
0.4.9|level=1 process=1|ssr||J m-2|
0.4.9||nswrf||W m-2|
0.4.192|centre=7|dswrf||W m-2|
0.4.193|centre=7|uswrf||W m-2|
0.4.200|centre=7|vbdsf||W m-2|
0.5.0||nlwrs||W m-2|
0.5.3|level=1 process=1|strd||J m-2|
0.5.3||dlwrf||W m-2|
0.5.5|level=1 process=1|str||J m-2|
0.5.5|level=8 process=1|ttr||J m-2|
0.5.5||nlwrf||W m-2|
0.5.192|centre=7|dlwrf||W m-2|
0.5.193|centre=7|ulwrf||W m-2|
0.6.1|centre=7|tcc||%|
0.6.1|level=1-8|tcc||%|
0.6.1||tcc||%|
0.6.3||lcc||%|
0.6.4||mcc||%|
0.6.5||hcc||%|
0.6.6||cwat||kg m-2|
0.6.192|centre=98 level=1-8|tcc||1|
0.6.193|centre=7|cwork||J kg-1|
0.6.193|centre=98|lcc||1|
0.6.201|centre=7|SUNSD||s|
0.7.0||pli||K|
0.7.6|centre=7|cape||J kg-1|
0.7.6|level=1-8|cape||J kg-1|
0.7.6|level=18:10000|mlcape100||J kg-1|
0.7.6|level=18:5000|mlcape50||J kg-1|
0.7.6||cape||J kg-1|
0.7.7|centre=7|cin||J kg-1|
0.7.7|level=1-8|cin||J kg-1|
0.7.7|level=18:10000|mlcin100||J kg-1|
0.7.7|level=18:5000|mlcin50||J kg-1|
0.7.7||cin||J kg-1|
0.7.8||hlcy||m2 s-2|
0.7.192|centre=7|lftx||K|
0.7.193|centre=7|4lftx||K|
0.14.0||tozne||DU|
0.14.192|centre=7|o3mr||kg kg-1|
0.14.193|centre=7|ozcon||ppb|
0.16.195|centre=7|refd||dB|
0.16.196|centre=7|refc||dB|
0.19.0||vis||m|
0.19.1||al||%|
0.19.192|centre=98|asn||1|
0.20.1||tc_mdens||kg m-2|
2.0.0|level=1|lsm||1|land_fraction
2.0.2||st||K|
2.0.5||watr||kg m-2|
2.0.192|centre=98 process=1|aco2nee||kg m-2|
2.0.192|centre=7|soilw||1|
2.0.193|centre=98 process=1|aco2gpp||kg m-2|
2.0.193|centre=7|gflux||W m-2|
2.0.201|centre=98 process=1|ro||m|
2.0.201|centre=7|wilt||1|
2.3.18||sot||K|
2.3.203|centre=7|fldcp||1|
10.0.3||swh||m|
10.2.0|level=1|ci|siconc|1|
10.3.0|level=1|sst||K|
`;

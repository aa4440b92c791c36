/**
 * Parameters of edition 1, one a line: table and number (table 2 stands for the versions 1 to 3 of the table of the WMO), where it holds, short name, name of the variable in CF files where it is another,
 * units, quantity. Of the lines of one parameter the first that holds counts. Names and units are those of ecCodes 2.28.
 */
export const EDITION_1 = `
2.1|level=1|sp||Pa|surface_pressure
2.1||pres||Pa|pressure
2.2||msl||Pa|mean_sea_level_pressure
2.3||ptend||Pa s-1|
2.4||pv||K m2 kg-1 s-1|
2.6||z||m2 s-2|geopotential
2.7|level=1|orog||m|surface_altitude
2.7||gh||gpm|geopotential_height
2.8||h||m|
2.10||tco3||kg m-2|
2.11|level=105:2|2t|t2m|K|temperature
2.11||t||K|temperature
2.12||vtmp||K|
2.13||pt||K|
2.14||papt||K|
2.15||tmax||K|
2.16||tmin||K|
2.17|level=105:2|2d|d2m|K|dew_point_temperature
2.17||dpt||K|dew_point_temperature
2.18||depr||K|
2.20||vis||m|
2.31||wdir||degree|
2.32||ws||m s-1|
2.33|level=105:10|10u|u10|m s-1|eastward_wind
2.33||u||m s-1|eastward_wind
2.34|level=105:10|10v|v10|m s-1|northward_wind
2.34||v||m s-1|northward_wind
2.35||strf||m2 s-1|
2.36||vp||m2 s-1|
2.39||w||Pa s-1|vertical_velocity
2.41||absv||s-1|
2.43||vo||s-1|
2.44||d||s-1|
2.51||q||kg kg-1|specific_humidity
2.52||r||%|relative_humidity
2.53||mixr||kg kg-1|
2.54||pwat||kg m-2|
2.59||prate||kg m-2 s-1|
2.61||tp||kg m-2|
2.62||lsp||kg m-2|
2.63||acpcp||kg m-2|
2.65||sf||kg m-2|
2.66||sde|sd|m|
2.71||tcc||%|
2.72||ccc||%|
2.73||lcc||%|
2.74||mcc||%|
2.75||hcc||%|
2.76||cwat||kg m-2|
2.77||bli||K|
2.80||wtmp||K|
2.81||lsm||1|land_fraction
2.83||sr||m|
2.84||al||%|
2.85||st||K|
2.86||sm||kg m-3|
2.91||icec||1|
2.92||icetk||m|
2.112||nlwrs||W m-2|
2.130|centre=7|mslet||Pa|mean_sea_level_pressure
128.3||pt||K|
128.31||ci|siconc|1|
128.32||asn||1|
128.33||rsn||kg m-3|
128.34||sst||K|
128.39||swvl1||m3 m-3|
128.40||swvl2||m3 m-3|
128.41||swvl3||m3 m-3|
128.42||swvl4||m3 m-3|
128.43||slt|||
128.49||10fg|fg10|m s-1|
128.54||pres||Pa|pressure
128.59||cape||J kg-1|
128.60||pv||K m2 kg-1 s-1|
128.77||etadot||s-1|
128.78||tclw||kg m-2|
128.79||tciw||kg m-2|
128.121||mx2t6||K|
128.122||mn2t6||K|
128.129||z||m2 s-2|geopotential
128.130||t||K|temperature
128.131||u||m s-1|eastward_wind
128.132||v||m s-1|northward_wind
128.133||q||kg kg-1|specific_humidity
128.134||sp||Pa|surface_pressure
128.135||w||Pa s-1|vertical_velocity
128.136||tcw||kg m-2|
128.137||tcwv||kg m-2|
128.138||vo||s-1|
128.139||stl1||K|
128.141||sd||m of water equivalent|
128.142||lsp||m|
128.143||cp||m|
128.144||sf||m of water equivalent|
128.146||sshf||J m-2|
128.147||slhf||J m-2|
128.151||msl||Pa|mean_sea_level_pressure
128.152||lnsp|||log_surface_pressure
128.155||d||s-1|
128.156||gh||gpm|geopotential_height
128.157||r||%|relative_humidity
128.159||blh||m|
128.164||tcc||1|
128.165||10u|u10|m s-1|eastward_wind
128.166||10v|v10|m s-1|northward_wind
128.167||2t|t2m|K|temperature
128.168||2d|d2m|K|dew_point_temperature
128.169||ssrd||J m-2|
128.170||stl2||K|
128.172||lsm||1|land_fraction
128.173||sr||m|
128.174||al||1|
128.175||strd||J m-2|
128.176||ssr||J m-2|
128.177||str||J m-2|
128.178||tsr||J m-2|
128.179||ttr||J m-2|
128.182||e||m of water equivalent|
128.183||stl3||K|
128.185||ccc||1|
128.186||lcc||1|
128.187||mcc||1|
128.188||hcc||1|
128.201||mx2t||K|
128.202||mn2t||K|
128.203||o3||kg kg-1|
128.205||ro||m|
128.206||tco3||kg m-2|
128.207||10si|si10|m s-1|
128.228||tp||m|
128.235||skt||K|
128.236||stl4||K|
128.246||clwc||kg kg-1|
128.247||ciwc||kg kg-1|
128.248||cc||1|
228.1||cin||J kg-1|
228.2||orog||m|surface_altitude
228.3||zust||m s-1|
228.21||fdir||J m-2|
228.24||deg0l||m|
228.28||10fg3|fg310|m s-1|
228.29||i10fg||m s-1|
228.39||sm||kg m-3|
228.89||tcrw||kg m-2|
228.90||tcsw||kg m-2|
228.228||tp||kg m-2|
228.239||200u|u200|m s-1|eastward_wind
228.240||200v|v200|m s-1|northward_wind
228.246||100u|u100|m s-1|eastward_wind
228.247||100v|v100|m s-1|northward_wind
140.251||2dfd||m2 s radian-1|
172.228||tprate||m s-1|
`;

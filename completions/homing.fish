# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_homing_global_optspecs
    string join \n config= profile-dir= q/quiet v/verbose h/help V/version
end

function __fish_homing_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_homing_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_homing_using_subcommand
    set -l cmd (__fish_homing_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c homing -n "__fish_homing_needs_command" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_needs_command" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_needs_command" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_needs_command" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_needs_command" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_needs_command" -s V -l version -d 'Print version'
complete -c homing -n "__fish_homing_needs_command" -f -a "generate" -d 'Show the exact commands for one tracker or a whole CSV'
complete -c homing -n "__fish_homing_needs_command" -f -a "send" -d 'Send one tracker\'s commands now, wait for each answer, read the settings back'
complete -c homing -n "__fish_homing_needs_command" -f -a "batch" -d 'The same for a CSV, through a journal: run, status, resume, report'
complete -c homing -n "__fish_homing_needs_command" -f -a "verify" -d 'Read the settings back and compare them with what they should be'
complete -c homing -n "__fish_homing_needs_command" -f -a "identify" -d 'Find out which dialect a tracker obeys, by questions that change nothing'
complete -c homing -n "__fish_homing_needs_command" -f -a "locate" -d 'Ask a tracker where it is; its buzzer or light where a source gives the command'
complete -c homing -n "__fish_homing_needs_command" -f -a "probe" -d 'Is the server reachable: DNS, TCP and UDP, each with a verdict and what to do'
complete -c homing -n "__fish_homing_needs_command" -f -a "decode" -d 'Explain captured bytes: which protocol, every field, what is wrong'
complete -c homing -n "__fish_homing_needs_command" -f -a "check" -d 'The loopback check: generated and golden frames over real sockets, every field compared'
complete -c homing -n "__fish_homing_needs_command" -f -a "listen" -d 'Stand in for the server: show what trackers say, answer, relay, record'
complete -c homing -n "__fish_homing_needs_command" -f -a "simulate" -d 'Be one tracker or many towards a server; on this machine unless it is allowed to leave it'
complete -c homing -n "__fish_homing_needs_command" -f -a "apn" -d 'The access point of a SIM card: which ones are known, and which one --apn auto takes'
complete -c homing -n "__fish_homing_needs_command" -f -a "estimate" -d 'What a plan and an interval cost: SMS, bytes a day, days of a battery'
complete -c homing -n "__fish_homing_needs_command" -f -a "profile" -d 'The catalogue of tracker families'
complete -c homing -n "__fish_homing_needs_command" -f -a "port" -d 'The serial ports of this machine'
complete -c homing -n "__fish_homing_needs_command" -f -a "modem" -d 'A GSM modem: what it is, whether it could send, what lies in its stores'
complete -c homing -n "__fish_homing_needs_command" -f -a "gateway" -d 'SMS gateways: what is known of each, and whether one takes its credentials'
complete -c homing -n "__fish_homing_needs_command" -f -a "lab" -d 'A rehearsal: virtual modems, trackers behind their numbers, an SMS gateway'
complete -c homing -n "__fish_homing_needs_command" -f -a "completions" -d 'Print the completion script for a shell'
complete -c homing -n "__fish_homing_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand generate" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l imsi -d 'IMSI of the tracker\'s SIM, by which --apn auto finds its operator' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l apn -d 'APN of the SIM; auto finds it by the SIM\'s operator, auto:WORD chooses where there are several' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l mcc-mnc -d 'With --apn auto: MCC and MNC of the SIM\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l apn-database -d 'With --apn auto: a serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l apn-user -d 'User name for the APN' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l apn-password -d 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l login -d 'Login name of the tracker\'s SMS commands' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l server -d 'Server: a configured name or HOST[:PORT] [default: plaspy]' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l by -d 'Give a named server by its domain or by its ip' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l transport -d 'tcp or udp [default: the first the tracker has]' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l interval -d 'Time between two reports, as 60, 60s or 5m' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l timezone -d 'Time zone of the tracker\'s clock, as UTC or +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l set -d 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l fleet -d 'A CSV of trackers, or - for standard input; flags fill its empty cells' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l routine -d 'Routine of the profile: provision, verify, identify or one of its own' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l step -d 'Single steps instead of a routine, in this order' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l without -d 'Leave a step of the routine out' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l assume -d 'Allow a form that no source gives for this tracker, by its word, as udp' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l form -d 'Form of the commands' -r -f -a "sms\t'As a short message'
cable\t'As on a serial line'
link\t'As a frame on the tracker\'s own connection'"
complete -c homing -n "__fish_homing_using_subcommand generate" -l packet -d 'Packet number of the first link frame: one character from : to ~, or 58 to 126' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l format -d 'Output' -r -f -a "text\t'Each command on its own line, with what there is to know above it'
table\t'A table'
json\t'One JSON document'
ndjson\t'One JSON object a tracker and line'
csv\t'One row a command'
qr\t'QR codes that turn into ready messages on a phone'"
complete -c homing -n "__fish_homing_using_subcommand generate" -l out -d 'Folder for the pictures and the printable page of --format qr' -r -F
complete -c homing -n "__fish_homing_using_subcommand generate" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand generate" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand generate" -l skip-bad -d 'Go on without the rows that have an error, and list them at the end'
complete -c homing -n "__fish_homing_using_subcommand generate" -l factory-reset -d 'Begin with the factory reset, which erases the tracker\'s settings'
complete -c homing -n "__fish_homing_using_subcommand generate" -l destructive -d 'Allow single steps that erase, lock out or stop reporting'
complete -c homing -n "__fish_homing_using_subcommand generate" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand generate" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand send" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l imsi -d 'IMSI of the tracker\'s SIM, by which --apn auto finds its operator' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l apn -d 'APN of the SIM; auto finds it by the SIM\'s operator, auto:WORD chooses where there are several' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l mcc-mnc -d 'With --apn auto: MCC and MNC of the SIM\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l apn-database -d 'With --apn auto: a serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l apn-user -d 'User name for the APN' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l apn-password -d 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l login -d 'Login name of the tracker\'s SMS commands' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l server -d 'Server: a configured name or HOST[:PORT] [default: plaspy]' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l by -d 'Give a named server by its domain or by its ip' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l transport -d 'tcp or udp [default: the first the tracker has]' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l interval -d 'Time between two reports, as 60, 60s or 5m' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l timezone -d 'Time zone of the tracker\'s clock, as UTC or +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l set -d 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l routine -d 'Routine of the profile: provision, verify, identify or one of its own' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l step -d 'Single steps instead of a routine, in this order' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l without -d 'Leave a step of the routine out' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l assume -d 'Allow a form that no source gives for this tracker, by its word, as udp' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l via -d 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2s' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l sms-price -d 'Price of one short message, to say what it will cost' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l webhook -d 'Take a gateway\'s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l ca-file -d 'Certificates to trust beside the system\'s, as PEM, for a gateway of one\'s own' -r -F
complete -c homing -n "__fish_homing_using_subcommand send" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand send" -l apn-from -d 'With --apn auto: take the network of the SIM card in the modem of --via, where the tracker\'s is of the same' -r -f -a "modem\t'The SIM card in the modem'"
complete -c homing -n "__fish_homing_using_subcommand send" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand send" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand send" -l factory-reset -d 'Begin with the factory reset, which erases the tracker\'s settings'
complete -c homing -n "__fish_homing_using_subcommand send" -l destructive -d 'Allow single steps that erase, lock out or stop reporting'
complete -c homing -n "__fish_homing_using_subcommand send" -s y -l yes -d 'Send without asking'
complete -c homing -n "__fish_homing_using_subcommand send" -l no-identify -d 'By SMS, send without asking first which dialect the tracker obeys'
complete -c homing -n "__fish_homing_using_subcommand send" -l dry-run -d 'Show every message, send nothing'
complete -c homing -n "__fish_homing_using_subcommand send" -l show-secrets -d 'With --dry-run, show secrets too'
complete -c homing -n "__fish_homing_using_subcommand send" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand send" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "run" -d 'Begin a batch, or go on with the one that this CSV began'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "list" -d 'The batches of the journal'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "status" -d 'How far a batch is; also while it runs'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "resume" -d 'Go on with a batch, as it was begun or with a corrected CSV'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "resolve" -d 'What nobody knows the outcome of, and a person\'s word on it'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "confirm" -d 'Who reports, out of what the platform exports of its units'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "report" -d 'What became of every tracker'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "cancel" -d 'Send nothing more of a batch'
complete -c homing -n "__fish_homing_using_subcommand batch; and not __fish_seen_subcommand_from run list status resume resolve confirm report cancel help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l profile -d 'Profile of the rows that name none' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l name -d 'Name of the batch [default: the file\'s name without its ending]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l apn -d 'APN of the SIM; auto finds it by the SIM\'s operator, auto:WORD chooses where there are several' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l mcc-mnc -d 'With --apn auto: MCC and MNC of the SIM\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l apn-database -d 'With --apn auto: a serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l apn-user -d 'User name for the APN' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l apn-password -d 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l login -d 'Login name of the tracker\'s SMS commands' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l server -d 'Server: a configured name or HOST[:PORT] [default: plaspy]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l by -d 'Give a named server by its domain or by its ip' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l transport -d 'tcp or udp [default: the first the tracker has]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l interval -d 'Time between two reports, as 60, 60s or 5m' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l timezone -d 'Time zone of the tracker\'s clock, as UTC or +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l set -d 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l routine -d 'Routine of the profile: provision, verify, identify or one of its own' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l step -d 'Single steps instead of a routine, in this order' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l without -d 'Leave a step of the routine out' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l assume -d 'Allow a form that no source gives for this tracker, by its word, as udp' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l via -d 'Courier: modem:PORT, gateway:NAME or lab (a rehearsal; lab:silent and the like fill the column lab where it says nothing); several share the work' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2m' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l per-minute -d 'Short messages a minute by each courier [default: as fast as it takes them]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l jitter -d 'How far a message may be early or late in the pace, as a share of the time between two [default: 20%]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l daily-cap -d 'Short messages by each courier and day (UTC)' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l courier-within -d 'How long the couriers are waited for while none works [default: 15m, and 6h once one worked]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l quiet-hours -d 'Send nothing at these hours of the day, as 22:00-07:00 (UTC) or 22:00-07:00+02:00; answers count as ever' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l tracker-cap -d 'Short messages to each tracker, those of earlier runs included: then it waits for a run that allows more' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l max-sms -d 'Short messages of the whole batch: then it stops' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l sms-price -d 'Price of one short message, to say what it will cost' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l ca-file -d 'Certificates to trust beside the system\'s, as PEM, for a gateway of one\'s own' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l pilot -d 'First only so many trackers, each asked what it is before any of them is changed' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l pilot-pass -d 'Share of the pilot that has to end well before the others begin [default: 90%]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l expect-report -d 'Listen here for the trackers\' reports, by TCP and UDP: PORT (on this machine only), ADDRESS or ADDRESS:PORT; who reports ends as reporting' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l report-within -d 'How long after its last command a tracker\'s first report is waited for [default: 10m, in the lab 10s]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l skip-bad -d 'Go on without the rows that have an error, and list them at the end'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l factory-reset -d 'Begin with the factory reset, which erases the tracker\'s settings'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l destructive -d 'Allow single steps that erase, lock out or stop reporting'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l identify-first -d 'Ask every tracker what it is before any of them is changed'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -s y -l yes -d 'Send without asking'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l no-identify -d 'Send without asking first which dialect each tracker obeys'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l dry-run -d 'Show every message, what it costs and how long it takes; send nothing'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -l show-secrets -d 'With --dry-run, show secrets too'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from list" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from list" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from list" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -l format -d 'Output' -r -f -a "text\t'Lines for people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -l json -d 'The same as --format json'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -l strangers -d 'Show the messages that came since it was begun and were of no tracker of the batch at work'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l with -d 'A corrected CSV: rows that changed begin anew, new ones are added, the others stay as they are' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l via -d 'Courier: modem:PORT, gateway:NAME or lab (a rehearsal; lab:silent and the like fill the column lab where it says nothing); several share the work' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2m' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l per-minute -d 'Short messages a minute by each courier [default: as fast as it takes them]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l jitter -d 'How far a message may be early or late in the pace, as a share of the time between two [default: 20%]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l daily-cap -d 'Short messages by each courier and day (UTC)' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l courier-within -d 'How long the couriers are waited for while none works [default: 15m, and 6h once one worked]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l quiet-hours -d 'Send nothing at these hours of the day, as 22:00-07:00 (UTC) or 22:00-07:00+02:00; answers count as ever' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l tracker-cap -d 'Short messages to each tracker, those of earlier runs included: then it waits for a run that allows more' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l max-sms -d 'Short messages of the whole batch: then it stops' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l sms-price -d 'Price of one short message, to say what it will cost' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l ca-file -d 'Certificates to trust beside the system\'s, as PEM, for a gateway of one\'s own' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l pilot -d 'First only so many trackers, each asked what it is before any of them is changed' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l pilot-pass -d 'Share of the pilot that has to end well before the others begin [default: 90%]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l expect-report -d 'Listen here for the trackers\' reports, by TCP and UDP: PORT (on this machine only), ADDRESS or ADDRESS:PORT; who reports ends as reporting' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l report-within -d 'How long after its last command a tracker\'s first report is waited for [default: 10m, in the lab 10s]' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l no-pilot -d 'Do not wait for the pilot'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -l identify-first -d 'Ask every tracker what it is before any of them is changed'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Send without asking'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l sent -d 'It was sent: go on behind it. A tracker by its name, key or line, or all' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l resend -d 'Send it once more, whatever became of it' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l via -d 'With --from-inbox: read the messages in this modem too, and delete none' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l format -d 'How what nobody knows the outcome of is listed' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -l from-inbox -d 'Take those for sent whose answer came after all: it is in the journal, or in a modem that --via names'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -s y -l yes -d 'Do not ask'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l from -d 'What the platform exported: a CSV with a row for each unit' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l id-column -d 'Its column with the identity that each unit is registered with' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l seen-column -d 'Its column with the time of each unit\'s last message' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l zone -d 'Time zone of times that name none, as UTC or -05:00' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l slack -d 'How far the platform\'s clock may be off this machine\'s: what it saw so shortly after a tracker\'s last command proves nothing' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from confirm" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'
csv\t'A CSV that can be corrected and run again'
junit\t'JUnit XML, for CI'
html\t'One self-contained page'"
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -l only -d 'Only trackers that stand so: planned, sent, acknowledged, verified, reporting, refused, unknown, failed, or open' -r
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -l out -d 'Write it here instead of on standard output' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from cancel" -l journal -d 'The journal, instead of $XDG_STATE_HOME/homing/journal.db' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from cancel" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from cancel" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Do not ask'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "run" -d 'Begin a batch, or go on with the one that this CSV began'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "list" -d 'The batches of the journal'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "status" -d 'How far a batch is; also while it runs'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "resume" -d 'Go on with a batch, as it was begun or with a corrected CSV'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "resolve" -d 'What nobody knows the outcome of, and a person\'s word on it'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "confirm" -d 'Who reports, out of what the platform exports of its units'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "report" -d 'What became of every tracker'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Send nothing more of a batch'
complete -c homing -n "__fish_homing_using_subcommand batch; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand verify" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l imsi -d 'IMSI of the tracker\'s SIM, by which --apn auto finds its operator' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l apn -d 'APN of the SIM; auto finds it by the SIM\'s operator, auto:WORD chooses where there are several' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l mcc-mnc -d 'With --apn auto: MCC and MNC of the SIM\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l apn-database -d 'With --apn auto: a serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l apn-user -d 'User name for the APN' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l apn-password -d 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l login -d 'Login name of the tracker\'s SMS commands' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l server -d 'Server: a configured name or HOST[:PORT] [default: plaspy]' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l by -d 'Give a named server by its domain or by its ip' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l transport -d 'tcp or udp [default: the first the tracker has]' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l interval -d 'Time between two reports, as 60, 60s or 5m' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l timezone -d 'Time zone of the tracker\'s clock, as UTC or +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l set -d 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l assume -d 'Allow a form that no source gives for this tracker, by its word, as udp' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l expect-firmware -d 'The firmware that the tracker is to tell, word for word' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l snapshot -d 'Write what was read to a new file; secrets are masked' -r -F
complete -c homing -n "__fish_homing_using_subcommand verify" -l diff -d 'Compare with a snapshot in place of settings, and show what changed' -r -F
complete -c homing -n "__fish_homing_using_subcommand verify" -l via -d 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2s' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l sms-price -d 'Price of one short message, to say what it will cost' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l webhook -d 'Take a gateway\'s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l ca-file -d 'Certificates to trust beside the system\'s, as PEM, for a gateway of one\'s own' -r -F
complete -c homing -n "__fish_homing_using_subcommand verify" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand verify" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand verify" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand verify" -l full -d 'Ask too for what the routine leaves out: time zone, second server, SMS reports, remote management'
complete -c homing -n "__fish_homing_using_subcommand verify" -s y -l yes -d 'Send without asking'
complete -c homing -n "__fish_homing_using_subcommand verify" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand verify" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand identify" -l among -d 'Profiles to consider, when it can only be one of these' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l hint -d 'Name on the tracker\'s box: only profiles of trackers that are called so are considered' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l max-sms -d 'Short messages that it may take at most [default: 4]' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l phone -d 'Number of the tracker\'s SIM, as +573001234567, for a question by SMS' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l iccid -d 'ICCID of the tracker\'s SIM, for a gateway that addresses by it' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l sim-id -d 'The SIM\'s id at a gateway that addresses by it' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l imei -d 'IMEI of the tracker, where a question names it' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l device-id -d 'The id that its maker gave it, where a question names it' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l country -d 'Country of a number written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l via -d 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2s' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l sms-price -d 'Price of one short message, to say what it will cost' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l webhook -d 'Take a gateway\'s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l ca-file -d 'Certificates to trust beside the system\'s, as PEM, for a gateway of one\'s own' -r -F
complete -c homing -n "__fish_homing_using_subcommand identify" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand identify" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand identify" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand identify" -s y -l yes -d 'Send without asking'
complete -c homing -n "__fish_homing_using_subcommand identify" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand identify" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand identify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand locate" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l imsi -d 'IMSI of the tracker\'s SIM, by which --apn auto finds its operator' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l apn -d 'APN of the SIM; auto finds it by the SIM\'s operator, auto:WORD chooses where there are several' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l mcc-mnc -d 'With --apn auto: MCC and MNC of the SIM\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l apn-database -d 'With --apn auto: a serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l apn-user -d 'User name for the APN' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l apn-password -d 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l login -d 'Login name of the tracker\'s SMS commands' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l server -d 'Server: a configured name or HOST[:PORT] [default: plaspy]' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l by -d 'Give a named server by its domain or by its ip' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l transport -d 'tcp or udp [default: the first the tracker has]' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l interval -d 'Time between two reports, as 60, 60s or 5m' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l timezone -d 'Time zone of the tracker\'s clock, as UTC or +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l set -d 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l via -d 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2s' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l sms-price -d 'Price of one short message, to say what it will cost' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l webhook -d 'Take a gateway\'s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080' -r
complete -c homing -n "__fish_homing_using_subcommand locate" -l ca-file -d 'Certificates to trust beside the system\'s, as PEM, for a gateway of one\'s own' -r -F
complete -c homing -n "__fish_homing_using_subcommand locate" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand locate" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand locate" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand locate" -l buzzer -d 'Sound the tracker\'s buzzer instead'
complete -c homing -n "__fish_homing_using_subcommand locate" -l light -d 'Let the tracker\'s light flash instead'
complete -c homing -n "__fish_homing_using_subcommand locate" -s y -l yes -d 'Send without asking'
complete -c homing -n "__fish_homing_using_subcommand locate" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand locate" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand locate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand probe" -l file -d 'More endpoints, one a line; `-` is standard input' -r -F
complete -c homing -n "__fish_homing_using_subcommand probe" -l profile -d 'Only the transports that this profile\'s trackers can use' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l format -d 'Output' -r -f -a "table\t'The verdict in one line, then a table'
json\t'One JSON document'
ndjson\t'One JSON object a line, as it goes'
nagios\t'A monitoring plugin\'s line and exit code'
prometheus\t'Metrics for the textfile collector'
junit\t'JUnit XML'
github\t'GitHub Actions annotations, and the job\'s summary'"
complete -c homing -n "__fish_homing_using_subcommand probe" -s o -l output -d 'Write json, junit or prometheus to this file, whole or not at all' -r -F
complete -c homing -n "__fish_homing_using_subcommand probe" -l imei -d 'Say who a tracker of yours is, in its protocol, and wait for the server\'s acknowledgement; never a position' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l protocol -d 'The protocol to speak: gt06, eelink, jt808, meiligao or watch' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l payload -d 'Send these bytes and wait for an answer: hex:… or text:… (with \\r \\n \\t \\0 \\\\ \\xHH); counts for TCP and UDP' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l expect -d 'What the answer has to hold: re:…, hex:… or text:…; without it any answer counts' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l expect-ip -d 'An address that the names must lead to; else it is a failure' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l dns -d 'Ask this DNS server in place of the system\'s resolver: ADDRESS[:PORT]' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l source -d 'Go out from this address of the machine' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l interface -d 'Go out through this network interface' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l timeout -d 'Wait so long for a connection, for an answer, and for a name; less than 4s cannot prove a silent drop' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l hold -d 'Watch an idle connection so long: a server that hangs up within it is not reachable' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l tries -d 'Try each address so often, and give figures' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l confirm -d 'A failure counts only if it repeats, as in 2/3: two of at most three tries' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l spacing -d 'Between two tries of one address; less than 1s only towards this machine itself' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l deadline -d 'End the whole run after this time, with what is known by then' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l every -d 'Go on: again every so often, at least 10s; changes stand out, Ctrl-C ends with a summary' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l warn -d 'Warn when an address takes longer: a range in milliseconds, as 200 or 10:200' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l critical -d 'Fail when an address takes longer' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l inconclusive -d 'How what is not proven counts [default: exit 3; for nagios, WARNING]' -r -f -a "ok\t'As good'
warn\t'As good, with a warning'
fail\t'As failed'"
complete -c homing -n "__fish_homing_using_subcommand probe" -l nat-up-to -d 'The longest silence that is tried' -r
complete -c homing -n "__fish_homing_using_subcommand probe" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand probe" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand probe" -s n -l dry-run -d 'Say what would be sent, and send nothing'
complete -c homing -n "__fish_homing_using_subcommand probe" -s 4 -l ipv4 -d 'Only IPv4 addresses'
complete -c homing -n "__fish_homing_using_subcommand probe" -s 6 -l ipv6 -d 'Only IPv6 addresses'
complete -c homing -n "__fish_homing_using_subcommand probe" -l nat -d 'Measure how long this network keeps an idle way open, against `homing listen --echo` of your own at ENDPOINT'
complete -c homing -n "__fish_homing_using_subcommand probe" -l nat-keep-alive -d 'The same over TCP against any server, without a byte: at most 6 connections, watched by the system\'s keep-alive'
complete -c homing -n "__fish_homing_using_subcommand probe" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand probe" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand decode" -l input -d 'What it is written as' -r -f -a "hex\t'Lines of hexadecimal digits'
text\t'Lines of text as trackers write it; \\r, \\n and \\xHH are understood'
dump\t'A dump as xxd, hexdump, od or Wireshark print it: its lines are one stream'
raw\t'The bytes themselves'
pcap\t'A packet capture: pcap or pcapng'
log\t'A server\'s log with hex or text in its lines'
auto\t'Found out by its beginning, and for each line anew'"
complete -c homing -n "__fish_homing_using_subcommand decode" -l protocol -d 'Take this protocol for granted, or find it out: auto' -r
complete -c homing -n "__fish_homing_using_subcommand decode" -l log-zone -d 'Time zone of times in a log that name none, as +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand decode" -l port -d 'Of a packet capture, only what goes to or comes from this port' -r
complete -c homing -n "__fish_homing_using_subcommand decode" -l imei -d 'The tracker that is expected; several may be given' -r
complete -c homing -n "__fish_homing_using_subcommand decode" -l interval -d 'The report interval that is set, as 60s' -r
complete -c homing -n "__fish_homing_using_subcommand decode" -l format -d 'Output' -r -f -a "explain\t'The verdict, the bytes with the names of their fields, the fields with units, findings'
table\t'A table, one row a message'
json\t'One JSON document'
ndjson\t'One JSON object a line and message'
csv\t'Comma-separated values, one row a message'
geojson\t'GeoJSON: the positions with a fix'
gpx\t'GPX: a track for each tracker, the positions with a fix'"
complete -c homing -n "__fish_homing_using_subcommand decode" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand decode" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand decode" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand decode" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand check" -l protocol -d 'Only this protocol; may be given several times' -r
complete -c homing -n "__fish_homing_using_subcommand check" -l seed -d 'What chance begins with: the same seed sends the same frames' -r
complete -c homing -n "__fish_homing_using_subcommand check" -l format -d 'Output' -r -f -a "table\t'The verdict in one line, then a table'
json\t'One JSON document'
junit\t'JUnit XML'"
complete -c homing -n "__fish_homing_using_subcommand check" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand check" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand check" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand check" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand listen" -l tcp -d 'Take connections here: PORT (on this machine only), ADDRESS, or ADDRESS:PORT; port 0 is any free one [default: 127.0.0.1:8888, with --udp too]' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l udp -d 'Take datagrams here' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l relay -d 'Pass everything on to this server unchanged, and what it says back, and show both' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l record -d 'Write what came to this file, for homing decode: a log, or a packet capture when its name ends in .pcap' -r -F
complete -c homing -n "__fish_homing_using_subcommand listen" -l format -d 'Output' -r -f -a "table\t'A line for each message'
ndjson\t'One JSON object a line'"
complete -c homing -n "__fish_homing_using_subcommand listen" -l for -d 'End after this time' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l count -d 'End after so many messages of trackers' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l connections -d 'Connections at one time; more are closed at once' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l first -d 'Close a connection that has sent no frame of a tracker after this time' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l frame -d 'Close a connection whose frame was begun and not ended after this time' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l idle -d 'Close a connection whose tracker is silent for this time' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l send -d 'Send this step of --profile to the tracker of --imei on its own connection, once it speaks, and end with its answer' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l profile -d 'Profile of that tracker: its id, a model\'s name, or the path of a TOML file' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l imsi -d 'IMSI of the tracker\'s SIM, by which --apn auto finds its operator' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l apn -d 'APN of the SIM; auto finds it by the SIM\'s operator, auto:WORD chooses where there are several' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l mcc-mnc -d 'With --apn auto: MCC and MNC of the SIM\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l apn-database -d 'With --apn auto: a serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l apn-user -d 'User name for the APN' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l apn-password -d 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l login -d 'Login name of the tracker\'s SMS commands' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l server -d 'Server: a configured name or HOST[:PORT] [default: plaspy]' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l by -d 'Give a named server by its domain or by its ip' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l transport -d 'tcp or udp [default: the first the tracker has]' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l interval -d 'Time between two reports, as 60, 60s or 5m' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l timezone -d 'Time zone of the tracker\'s clock, as UTC or +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l set -d 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask' -r
complete -c homing -n "__fish_homing_using_subcommand listen" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand listen" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand listen" -l echo -d 'Send everything back as it came, for measuring what lies on the way'
complete -c homing -n "__fish_homing_using_subcommand listen" -l destructive -d 'Allow a step that erases, locks out or stops reporting'
complete -c homing -n "__fish_homing_using_subcommand listen" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand listen" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand listen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand simulate" -l to -d 'The server: HOST[:PORT][/tcp|/udp]; the port is 8888 and the transport tcp unless given' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l count -d 'How many trackers' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l imei -d 'The IMEI of a tracker; may be given several times' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l imeis -d 'A file with an IMEI a line' -r -F
complete -c homing -n "__fish_homing_using_subcommand simulate" -l track -d 'The way that they take: GPX or GeoJSON; else a loop of four kilometres' -r -F
complete -c homing -n "__fish_homing_using_subcommand simulate" -l speed -d 'How fast they go, km/h' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l interval -d 'From one position of a tracker to its next' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l messages -d 'End after so many positions of each tracker' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l for -d 'End after this time' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l fault -d 'Let something go wrong; --help lists what can' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l seed -d 'Decides when faults strike that do not always' -r
complete -c homing -n "__fish_homing_using_subcommand simulate" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand simulate" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand simulate" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand simulate" -l confirmed -d 'Let positions ask to be confirmed, where the protocol knows that'
complete -c homing -n "__fish_homing_using_subcommand simulate" -l yes-really-send -d 'Send to another machine; it wants --imei or --imeis, and a server whose owner agrees'
complete -c homing -n "__fish_homing_using_subcommand simulate" -l resolve -d 'Look up the name of the server'
complete -c homing -n "__fish_homing_using_subcommand simulate" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand simulate" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand simulate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand apn" -l imsi -d 'IMSI of the SIM card, 14 or 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand apn" -l mcc-mnc -d 'MCC and MNC of the SIM card\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand apn" -l country -d 'Everything of a country: its code or name, as CO or Colombia' -r
complete -c homing -n "__fish_homing_using_subcommand apn" -l modem -d 'The SIM card in a modem: PORT, or modem:PORT[?baud=N&pin=SOURCE]' -r
complete -c homing -n "__fish_homing_using_subcommand apn" -l database -d 'A serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand apn" -l format -d 'Output' -r -f -a "text\t'Lines for a person'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand apn" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand apn" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand apn" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand apn" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand apn" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand estimate" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l imsi -d 'IMSI of the tracker\'s SIM, by which --apn auto finds its operator' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l apn -d 'APN of the SIM; auto finds it by the SIM\'s operator, auto:WORD chooses where there are several' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l mcc-mnc -d 'With --apn auto: MCC and MNC of the SIM\'s home network, as 732101 or 214-07' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l apn-database -d 'With --apn auto: a serviceproviders.xml, or built-in [default: the system\'s where it is newer, else built-in]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l apn-user -d 'User name for the APN' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l apn-password -d 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l login -d 'Login name of the tracker\'s SMS commands' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l server -d 'Server: a configured name or HOST[:PORT] [default: plaspy]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l by -d 'Give a named server by its domain or by its ip' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l transport -d 'tcp or udp [default: the first the tracker has]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l interval -d 'Time between two reports, as 60, 60s or 5m' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l timezone -d 'Time zone of the tracker\'s clock, as UTC or +05:30' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l set -d 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l routine -d 'Routine of the profile: provision, verify, identify or one of its own' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l step -d 'Single steps instead of a routine, in this order' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l without -d 'Leave a step of the routine out' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l assume -d 'Allow a form that no source gives for this tracker, by its word, as udp' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l sms-price -d 'Price of one SMS, as 0.07' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l currency -d 'Currency of that price, as EUR' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l protocol -d 'Protocol of its reports [default: the likeliest of the profile]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l heartbeat -d 'Time between two signs of life [default: none are sent]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l sessions -d 'Connections (and logins) in a day' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l frame -d 'Bytes of one report, as measured, where no protocol is to be asked' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l answer -d 'With --frame, bytes of the server\'s answer to it' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l battery-mah -d 'What the battery holds, in milliampere hours [default: what a source says of the profile]' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l current-ma -d 'Mean current at this interval, in milliamperes' -r
complete -c homing -n "__fish_homing_using_subcommand estimate" -l format -d 'Output' -r -f -a "text\t'Lines for a person'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand estimate" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand estimate" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand estimate" -l factory-reset -d 'Begin with the factory reset, which erases the tracker\'s settings'
complete -c homing -n "__fish_homing_using_subcommand estimate" -l destructive -d 'Allow single steps that erase, lock out or stop reporting'
complete -c homing -n "__fish_homing_using_subcommand estimate" -l no-identify -d 'Count no questions that find out which dialect the tracker obeys'
complete -c homing -n "__fish_homing_using_subcommand estimate" -l confirmed -d 'Reports ask for an answer, where the protocol leaves the choice [default: as the settings make them]'
complete -c homing -n "__fish_homing_using_subcommand estimate" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand estimate" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand estimate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -f -a "list" -d 'All profiles, with what each rests on'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -f -a "find" -d 'Profiles by a word of their id, name, maker or models'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -f -a "show" -d 'One profile: its steps, with evidence and source'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -f -a "check" -d 'Check profiles: every problem with file, line and caret'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -f -a "new" -d 'A profile for a tracker that has none: asks, and writes the file'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check new help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from list" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from find" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from find" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from find" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from find" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from find" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from find" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from check" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from check" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from check" -l notes -d 'Say notes too: what a profile cannot prove'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from new" -l out -d 'Folder for the file [default: this one]' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from new" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from new" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from new" -l from-template -d 'Write the commented template under this id, without asking'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "list" -d 'All profiles, with what each rests on'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "find" -d 'Profiles by a word of their id, name, maker or models'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "show" -d 'One profile: its steps, with evidence and source'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check profiles: every problem with file, line and caret'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "new" -d 'A profile for a tracker that has none: asks, and writes the file'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand port; and not __fish_seen_subcommand_from list help" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand port; and not __fish_seen_subcommand_from list help" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand port; and not __fish_seen_subcommand_from list help" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand port; and not __fish_seen_subcommand_from list help" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand port; and not __fish_seen_subcommand_from list help" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand port; and not __fish_seen_subcommand_from list help" -f -a "list" -d 'What is plugged in, and what each port probably is'
complete -c homing -n "__fish_homing_using_subcommand port; and not __fish_seen_subcommand_from list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from list" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from list" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from help" -f -a "list" -d 'What is plugged in, and what each port probably is'
complete -c homing -n "__fish_homing_using_subcommand port; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -f -a "info" -d 'Which modem, SIM card and network, and whether it could send now'
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -f -a "inbox" -d 'The messages in its stores; nothing is deleted'
complete -c homing -n "__fish_homing_using_subcommand modem; and not __fish_seen_subcommand_from info inbox help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from info" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from info" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from info" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -l phone -d 'Only messages from this number' -r
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -l country -d 'Country of a number written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from inbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from help" -f -a "info" -d 'Which modem, SIM card and network, and whether it could send now'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from help" -f -a "inbox" -d 'The messages in its stores; nothing is deleted'
complete -c homing -n "__fish_homing_using_subcommand modem; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -f -a "list" -d 'The definitions that came with the program'
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -f -a "show" -d 'What a gateway needs, is asked, and cannot prove'
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -f -a "test" -d 'Whether a gateway of the configuration is there and takes its credentials; sends no message'
complete -c homing -n "__fish_homing_using_subcommand gateway; and not __fish_seen_subcommand_from list show test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from list" -l format -d 'Output' -r -f -a "table\t'A table'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from list" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from show" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from test" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "list" -d 'The definitions that came with the program'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "show" -d 'What a gateway needs, is asked, and cannot prove'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "test" -d 'Whether a gateway of the configuration is there and takes its credentials; sends no message'
complete -c homing -n "__fish_homing_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand lab" -l trackers -d 'A CSV of trackers, whose column lab says how each behaves, or how many of --profile there are' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l profile -d 'Profile of the trackers that name none' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l modems -d 'How many modems there are' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l gateway -d 'Also answer as an SMS gateway here, on loopback: 127.0.0.1:0 takes any free port; definition capcom6, user and password lab' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l stand-in -d 'Trackers that are pointed at this server report to that address of loopback, which stands in for it' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l fault -d 'Let something go wrong, always or at a rate as cms=38:5%; --help lists what can' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l seed -d 'Decides when faults strike that do not always' -r
complete -c homing -n "__fish_homing_using_subcommand lab" -l log -d 'Write every event here, one JSON object a line; with --verbose also every line of the modems' -r -F
complete -c homing -n "__fish_homing_using_subcommand lab" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document in one line'"
complete -c homing -n "__fish_homing_using_subcommand lab" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand lab" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand lab" -l until-eof -d 'End when standard input ends, and not only by a signal'
complete -c homing -n "__fish_homing_using_subcommand lab" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand lab" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand lab" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand completions" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand completions" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand completions" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand completions" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand completions" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "generate" -d 'Show the exact commands for one tracker or a whole CSV'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "send" -d 'Send one tracker\'s commands now, wait for each answer, read the settings back'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "batch" -d 'The same for a CSV, through a journal: run, status, resume, report'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "verify" -d 'Read the settings back and compare them with what they should be'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "identify" -d 'Find out which dialect a tracker obeys, by questions that change nothing'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "locate" -d 'Ask a tracker where it is; its buzzer or light where a source gives the command'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "probe" -d 'Is the server reachable: DNS, TCP and UDP, each with a verdict and what to do'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "decode" -d 'Explain captured bytes: which protocol, every field, what is wrong'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "check" -d 'The loopback check: generated and golden frames over real sockets, every field compared'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "listen" -d 'Stand in for the server: show what trackers say, answer, relay, record'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "simulate" -d 'Be one tracker or many towards a server; on this machine unless it is allowed to leave it'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "apn" -d 'The access point of a SIM card: which ones are known, and which one --apn auto takes'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "estimate" -d 'What a plan and an interval cost: SMS, bytes a day, days of a battery'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "profile" -d 'The catalogue of tracker families'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "port" -d 'The serial ports of this machine'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "modem" -d 'A GSM modem: what it is, whether it could send, what lies in its stores'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "gateway" -d 'SMS gateways: what is known of each, and whether one takes its credentials'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "lab" -d 'A rehearsal: virtual modems, trackers behind their numbers, an SMS gateway'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "completions" -d 'Print the completion script for a shell'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send batch verify identify locate probe decode check listen simulate apn estimate profile port modem gateway lab completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "run" -d 'Begin a batch, or go on with the one that this CSV began'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "list" -d 'The batches of the journal'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "status" -d 'How far a batch is; also while it runs'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "resume" -d 'Go on with a batch, as it was begun or with a corrected CSV'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "resolve" -d 'What nobody knows the outcome of, and a person\'s word on it'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "confirm" -d 'Who reports, out of what the platform exports of its units'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "report" -d 'What became of every tracker'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from batch" -f -a "cancel" -d 'Send nothing more of a batch'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'All profiles, with what each rests on'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "find" -d 'Profiles by a word of their id, name, maker or models'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "show" -d 'One profile: its steps, with evidence and source'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "check" -d 'Check profiles: every problem with file, line and caret'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "new" -d 'A profile for a tracker that has none: asks, and writes the file'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from port" -f -a "list" -d 'What is plugged in, and what each port probably is'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from modem" -f -a "info" -d 'Which modem, SIM card and network, and whether it could send now'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from modem" -f -a "inbox" -d 'The messages in its stores; nothing is deleted'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "list" -d 'The definitions that came with the program'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "show" -d 'What a gateway needs, is asked, and cannot prove'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "test" -d 'Whether a gateway of the configuration is there and takes its credentials; sends no message'

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
complete -c homing -n "__fish_homing_needs_command" -f -a "verify" -d 'Read the settings back and compare them with what they should be'
complete -c homing -n "__fish_homing_needs_command" -f -a "identify" -d 'Find out which dialect a tracker obeys, by questions that change nothing'
complete -c homing -n "__fish_homing_needs_command" -f -a "profile" -d 'The catalogue of tracker families'
complete -c homing -n "__fish_homing_needs_command" -f -a "port" -d 'The serial ports of this machine'
complete -c homing -n "__fish_homing_needs_command" -f -a "completions" -d 'Print the completion script for a shell'
complete -c homing -n "__fish_homing_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand generate" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand generate" -l apn -d 'APN of the SIM' -r
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
complete -c homing -n "__fish_homing_using_subcommand send" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l apn -d 'APN of the SIM' -r
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
complete -c homing -n "__fish_homing_using_subcommand send" -l via -d 'Courier: cable:PORT[?baud=N]' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2s' -r
complete -c homing -n "__fish_homing_using_subcommand send" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand send" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand send" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand send" -l factory-reset -d 'Begin with the factory reset, which erases the tracker\'s settings'
complete -c homing -n "__fish_homing_using_subcommand send" -l destructive -d 'Allow single steps that erase, lock out or stop reporting'
complete -c homing -n "__fish_homing_using_subcommand send" -l dry-run -d 'Show every message, send nothing'
complete -c homing -n "__fish_homing_using_subcommand send" -l show-secrets -d 'With --dry-run, show secrets too'
complete -c homing -n "__fish_homing_using_subcommand send" -s y -l yes -d 'Send without asking'
complete -c homing -n "__fish_homing_using_subcommand send" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand send" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand verify" -l imei -d 'IMEI, 15 digits' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l device-id -d 'The maker\'s own id, where that is not the IMEI' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l phone -d 'Number of the tracker\'s SIM, as +573001234567' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l iccid -d 'ICCID of the tracker\'s SIM' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l sim-id -d 'The SIM\'s id at a gateway' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l name -d 'A name for people' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l country -d 'Country of numbers written without +, as CO or 57' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l apn -d 'APN of the SIM' -r
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
complete -c homing -n "__fish_homing_using_subcommand verify" -l via -d 'Courier: cable:PORT[?baud=N]' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2s' -r
complete -c homing -n "__fish_homing_using_subcommand verify" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand verify" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand verify" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand verify" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand verify" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand identify" -l password -d 'Password of the tracker\'s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l via -d 'Courier: cable:PORT[?baud=N]' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l timeout -d 'Longest wait for an answer, in place of the profile\'s own, as 2s' -r
complete -c homing -n "__fish_homing_using_subcommand identify" -l format -d 'Output' -r -f -a "text\t'For people'
json\t'One JSON document'"
complete -c homing -n "__fish_homing_using_subcommand identify" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand identify" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand identify" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand identify" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand identify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -f -a "list" -d 'All profiles, with what each rests on'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -f -a "find" -d 'Profiles by a word of their id, name, maker or models'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -f -a "show" -d 'One profile: its steps, with evidence and source'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -f -a "check" -d 'Check profiles: every problem with file, line and caret'
complete -c homing -n "__fish_homing_using_subcommand profile; and not __fish_seen_subcommand_from list find show check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "list" -d 'All profiles, with what each rests on'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "find" -d 'Profiles by a word of their id, name, maker or models'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "show" -d 'One profile: its steps, with evidence and source'
complete -c homing -n "__fish_homing_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check profiles: every problem with file, line and caret'
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
complete -c homing -n "__fish_homing_using_subcommand completions" -l config -d 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml' -r -F
complete -c homing -n "__fish_homing_using_subcommand completions" -l profile-dir -d 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones' -r -F
complete -c homing -n "__fish_homing_using_subcommand completions" -s q -l quiet -d 'Say errors only'
complete -c homing -n "__fish_homing_using_subcommand completions" -s v -l verbose -d 'Say what is sent and heard (secrets masked)'
complete -c homing -n "__fish_homing_using_subcommand completions" -s h -l help -d 'Print help'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "generate" -d 'Show the exact commands for one tracker or a whole CSV'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "send" -d 'Send one tracker\'s commands now, wait for each answer, read the settings back'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "verify" -d 'Read the settings back and compare them with what they should be'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "identify" -d 'Find out which dialect a tracker obeys, by questions that change nothing'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "profile" -d 'The catalogue of tracker families'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "port" -d 'The serial ports of this machine'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "completions" -d 'Print the completion script for a shell'
complete -c homing -n "__fish_homing_using_subcommand help; and not __fish_seen_subcommand_from generate send verify identify profile port completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'All profiles, with what each rests on'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "find" -d 'Profiles by a word of their id, name, maker or models'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "show" -d 'One profile: its steps, with evidence and source'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "check" -d 'Check profiles: every problem with file, line and caret'
complete -c homing -n "__fish_homing_using_subcommand help; and __fish_seen_subcommand_from port" -f -a "list" -d 'What is plugged in, and what each port probably is'

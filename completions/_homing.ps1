
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'homing' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'homing'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'homing' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Show the exact commands for one tracker or a whole CSV')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send one tracker''s commands now, wait for each answer, read the settings back')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Read the settings back and compare them with what they should be')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Find out which dialect a tracker obeys, by questions that change nothing')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'The catalogue of tracker families')
            [CompletionResult]::new('port', 'port', [CompletionResultType]::ParameterValue, 'The serial ports of this machine')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;generate' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--fleet', '--fleet', [CompletionResultType]::ParameterName, 'A CSV of trackers, or - for standard input; flags fill its empty cells')
            [CompletionResult]::new('--routine', '--routine', [CompletionResultType]::ParameterName, 'Routine of the profile: provision, verify, identify or one of its own')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'Single steps instead of a routine, in this order')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a step of the routine out')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'Form of the commands')
            [CompletionResult]::new('--packet', '--packet', [CompletionResultType]::ParameterName, 'Packet number of the first link frame: one character from : to ~, or 58 to 126')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Folder for the pictures and the printable page of --format qr')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--skip-bad', '--skip-bad', [CompletionResultType]::ParameterName, 'Go on without the rows that have an error, and list them at the end')
            [CompletionResult]::new('--factory-reset', '--factory-reset', [CompletionResultType]::ParameterName, 'Begin with the factory reset, which erases the tracker''s settings')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'Allow single steps that erase, lock out or stop reporting')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;send' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--routine', '--routine', [CompletionResultType]::ParameterName, 'Routine of the profile: provision, verify, identify or one of its own')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'Single steps instead of a routine, in this order')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a step of the routine out')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: cable:PORT[?baud=N]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2s')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--factory-reset', '--factory-reset', [CompletionResultType]::ParameterName, 'Begin with the factory reset, which erases the tracker''s settings')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'Allow single steps that erase, lock out or stop reporting')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show every message, send nothing')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'With --dry-run, show secrets too')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;verify' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: cable:PORT[?baud=N]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2s')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;identify' {
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: cable:PORT[?baud=N]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2s')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'All profiles, with what each rests on')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Profiles by a word of their id, name, maker or models')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One profile: its steps, with evidence and source')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles: every problem with file, line and caret')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;profile;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile;find' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;profile;check' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--notes', '--notes', [CompletionResultType]::ParameterName, 'Say notes too: what a profile cannot prove')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'All profiles, with what each rests on')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Profiles by a word of their id, name, maker or models')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One profile: its steps, with evidence and source')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles: every problem with file, line and caret')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;profile;help;list' {
            break
        }
        'homing;profile;help;find' {
            break
        }
        'homing;profile;help;show' {
            break
        }
        'homing;profile;help;check' {
            break
        }
        'homing;profile;help;help' {
            break
        }
        'homing;port' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'What is plugged in, and what each port probably is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;port;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;port;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'What is plugged in, and what each port probably is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;port;help;list' {
            break
        }
        'homing;port;help;help' {
            break
        }
        'homing;completions' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;help' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Show the exact commands for one tracker or a whole CSV')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send one tracker''s commands now, wait for each answer, read the settings back')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Read the settings back and compare them with what they should be')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Find out which dialect a tracker obeys, by questions that change nothing')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'The catalogue of tracker families')
            [CompletionResult]::new('port', 'port', [CompletionResultType]::ParameterValue, 'The serial ports of this machine')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;help;generate' {
            break
        }
        'homing;help;send' {
            break
        }
        'homing;help;verify' {
            break
        }
        'homing;help;identify' {
            break
        }
        'homing;help;profile' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'All profiles, with what each rests on')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Profiles by a word of their id, name, maker or models')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One profile: its steps, with evidence and source')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles: every problem with file, line and caret')
            break
        }
        'homing;help;profile;list' {
            break
        }
        'homing;help;profile;find' {
            break
        }
        'homing;help;profile;show' {
            break
        }
        'homing;help;profile;check' {
            break
        }
        'homing;help;port' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'What is plugged in, and what each port probably is')
            break
        }
        'homing;help;port;list' {
            break
        }
        'homing;help;completions' {
            break
        }
        'homing;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}

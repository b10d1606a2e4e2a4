namespace Omniview.Plugin.DevServer.Cli.Verbs;

/// <summary>
/// What shells run to complete a line: they ask this program by System.CommandLine's directive
/// <c>[suggest:position]</c>, so ids of plugins and values of options are completed, too.
/// </summary>
internal static class CompletionScripts
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };

    // The program's own name is left out of the line: it may be a path. Options only after a '-'; without any word,
    // files.
    private const string Bash = """
        # omniview-plugin-dev completion bash > ~/.local/share/bash-completion/completions/omniview-plugin-dev
        _omniview_plugin_dev() {
          local line=${COMP_LINE:${#COMP_WORDS[0]}} words
          words=$("$1" "[suggest:$((COMP_POINT - ${#COMP_WORDS[0]}))]" "$line" 2>/dev/null </dev/null)
          [[ $2 == -* ]] || words=$(grep -v '^-' <<< "$words")
          mapfile -t COMPREPLY < <(compgen -W "$words" -- "$2")
        }
        complete -o default -F _omniview_plugin_dev omniview-plugin-dev
        """;

    private const string Zsh = """
        #compdef omniview-plugin-dev
        # omniview-plugin-dev completion zsh > a file named _omniview-plugin-dev in a folder of $fpath
        _omniview_plugin_dev() {
          local line="${(j: :)words[2,CURRENT]}"
          local -a found=("${(@f)$(omniview-plugin-dev "[suggest:${#line}]" "$line" 2>/dev/null </dev/null)}")
          [[ ${words[CURRENT]} == -* ]] || found=(${found:#-*})
          (( $#found )) && compadd -a found || _files
        }
        compdef _omniview_plugin_dev omniview-plugin-dev
        """;

    private const string Fish = """
        # omniview-plugin-dev completion fish > ~/.config/fish/completions/omniview-plugin-dev.fish
        function __omniview_plugin_dev
          set -l line (commandline -cp | string replace -r '^\s*\S+\s?' '')
          omniview-plugin-dev "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null </dev/null
        end
        complete -c omniview-plugin-dev -a '(__omniview_plugin_dev)'
        """;

    private const string PowerShell = """
        # omniview-plugin-dev completion pwsh | Out-String | Invoke-Expression   (in $PROFILE)
        Register-ArgumentCompleter -Native -CommandName omniview-plugin-dev -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          omniview-plugin-dev "[suggest:$cursorPosition]" "$commandAst" 2>$null |
            Where-Object { $_ -like "$wordToComplete*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;
}

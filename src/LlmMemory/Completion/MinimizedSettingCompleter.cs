using LlmMemory.Planning.Limits;

namespace LlmMemory.Completion;

/// <summary>Completes settings of which the smallest value is looked for.</summary>
public sealed class MinimizedSettingCompleter : NamedCompleter<LimitSetting>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public MinimizedSettingCompleter()
        : base(LimitSettings.Minimized)
    {
    }
}

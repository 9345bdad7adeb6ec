using LlmMemory.Planning.Limits;

namespace LlmMemory.Completion;

/// <summary>Completes settings of which the largest value is looked for.</summary>
public sealed class MaximizedSettingCompleter : NamedCompleter<LimitSetting>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public MaximizedSettingCompleter()
        : base(LimitSettings.Maximized)
    {
    }
}

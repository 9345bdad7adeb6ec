using LlmMemory.Binding;
using LlmMemory.Naming;

namespace LlmMemory.Completion;

/// <summary>Completes settings that are names.</summary>
/// <typeparam name="T">What the names stand for.</typeparam>
public sealed class SettingCompleter<T> : NamedCompleter<T>
    where T : class, INamed
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public SettingCompleter()
        : base(SettingCatalogues.Of<T>())
    {
    }
}

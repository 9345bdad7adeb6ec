using LlmMemory.Naming;
using LlmMemory.Quantization;

namespace LlmMemory.Completion;

/// <summary>Completes data types and quantisation schemes; the tooltip says the bytes, or what is done.</summary>
public sealed class WeightFormatCompleter : NamedCompleter<INamed>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public WeightFormatCompleter()
        : base(WeightFormats.All)
    {
    }
}

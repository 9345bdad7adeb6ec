using LlmMemory.DataTypes;

namespace LlmMemory.Completion;

/// <summary>Completes data types; the tooltip says the bytes.</summary>
public sealed class DataTypeCompleter : NamedCompleter<DataType>
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public DataTypeCompleter()
        : base(DataTypeCatalogue.All)
    {
    }
}

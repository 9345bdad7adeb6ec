using LlmMemory.DataTypes;

namespace LlmMemory.Binding;

/// <summary>A data type by name; null for a blank.</summary>
public sealed class DataTypeArgument : BoundArgument<DataType?>
{
    internal DataTypeArgument(object? given)
        : base(given, value => Setting.Find(value, DataTypeCatalogue.All))
    {
    }
}

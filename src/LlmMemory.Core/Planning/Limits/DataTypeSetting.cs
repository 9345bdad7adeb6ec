using LlmMemory.Estimation.Cases;

namespace LlmMemory.Planning.Limits;

/// <summary>How many bits the weights are stored in, by the formats that an engine loads.</summary>
internal sealed class DataTypeSetting : LimitSetting
{
    public DataTypeSetting()
        : base("DataTypeBits", "DataTypeBits: the bits of a weight, by the formats that the engine loads", "DataType", "Bits")
    {
    }

    internal override LimitScale ScaleOf(EstimateCase asked, DevicePool pool)
    {
        var formats = WeightLadder.Of(asked);
        return new LimitScale(0, formats.Count - 1, rung => asked.StoredAs(formats[(int)rung]))
        {
            Show = rung => formats[(int)rung].Name,
            IsMonotone = false,
        };
    }
}

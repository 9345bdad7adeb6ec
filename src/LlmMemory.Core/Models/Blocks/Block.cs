namespace LlmMemory.Models.Blocks;

/// <summary>A part of a layer, or of a model outside its layers: a few dimensions, and the tensors that follow from them.</summary>
public abstract record Block
{
    /// <summary>Writes the block's tensors.</summary>
    /// <param name="scope">Where they go.</param>
    internal abstract void WriteTensors(TensorScope scope);
}

using System;
using System.Globalization;
using System.Linq;
using LlmMemory.Naming;
using LlmMemory.Quantities;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Sources.Hub;
using LlmMemory.Sources.Local;

namespace LlmMemory.Models;

/// <summary>
/// A model that is known: its tensors, how it is built, and where that knowledge comes from. Counts are weights of
/// the model; copies of tied weights, scales and buffers are bytes, not parameters.
/// </summary>
public sealed class LlmModel : IComparable<LlmModel>, IComparable
{
    internal LlmModel(string name, string source, TensorInventory tensors, ModelArchitecture? architecture)
    {
        Name = name;
        Source = source;
        Tensors = tensors;
        Architecture = architecture;
        Parameters = tensors.SumParameters(_ => true);
        WeightBytes = tensors.SumBytes(tensor => tensor.RoleKind != TensorRole.Duplicate);
    }

    private LlmModel(LlmModel other, TensorInventory tensors)
        : this(other.Name, other.Source, tensors, other.Architecture)
    {
        Location = other.Location;
        Revision = other.Revision;
        ModelType = other.ModelType;
        Kind = other.Kind;
        DataType = other.DataType;
        Quantization = other.Quantization;
        KvCacheDataType = other.KvCacheDataType;
        Adapter = other.Adapter;
        ContextLength = other.ContextLength;
        PublishedParameters = other.PublishedParameters;
        Verification = other.Verification;
        Assumptions = other.Assumptions;
    }

    /// <summary>The model's name: of the catalogue, the hub, the folder or the file.</summary>
    public string Name { get; private init; }

    /// <summary>Where the knowledge comes from, one of <see cref="ModelSource"/>.</summary>
    public string Source { get; private init; }

    /// <summary>The file, folder or address that was read; null for the catalogue.</summary>
    public string? Location { get; init; }

    /// <summary>The commit that was read, by its 40 digits, of a model on the hub or in a copy of it; null elsewhere.</summary>
    public string? Revision { get; init; }

    /// <summary>The model_type, or the architecture of a GGUF file; null where neither is known.</summary>
    public string? ModelType { get; init; }

    /// <summary>What it is, where it is no whole model: Adapter, Projector; else Model.</summary>
    public string Kind { get; init; } = ModelKind.Model;

    /// <summary>How most of the weights are stored.</summary>
    public string DataType { get; init; } = string.Empty;

    /// <summary>The quantisation, as its format is called; null where the weights are plain.</summary>
    public string? Quantization { get; init; }

    /// <summary>The data type that the checkpoint wants keys and values cached in; null where it says nothing.</summary>
    public string? KvCacheDataType { get; init; }

    /// <summary>What a PEFT adapter says about itself; null for everything else.</summary>
    public AdapterDescription? Adapter { get; init; }

    /// <summary>All weights: language model, towers, MTP modules.</summary>
    public long Parameters { get; }

    /// <summary>The weights of the language model alone; an encoder is part of it.</summary>
    public long TextParameters => SumOf(ModelPart.Text, ModelPart.Encoder);

    /// <summary>The weights of the language model that work on one token.</summary>
    public long ActiveParameters => Tensors.Sum(IsText, tensor => tensor.ActiveParameters);

    /// <summary>The weights of the embedding, and of the head where it is another matrix.</summary>
    public long EmbeddingParameters => Tensors.SumParameters(
        tensor => IsText(tensor) && tensor.RoleKind is TensorRole.Embedding or TensorRole.Head or TensorRole.PerLayerEmbedding);

    /// <summary>The weights of the vision tower and its projector.</summary>
    public long VisionParameters => SumOf(ModelPart.Vision, ModelPart.Projector);

    /// <summary>The weights of the audio tower.</summary>
    public long AudioParameters => SumOf(ModelPart.Audio);

    /// <summary>The weights of multi-token prediction.</summary>
    public long MtpParameters => SumOf(ModelPart.Mtp);

    /// <summary>What the weights take, everything that they need for their data type included.</summary>
    public long WeightBytes { get; }

    /// <summary>The same in GB (1e9 bytes).</summary>
    public double WeightGB => ByteSize.ToGB(WeightBytes);

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double WeightGiB => ByteSize.ToGiB(WeightBytes);

    /// <summary>The same by what the weights are there for: attention, experts, embedding, scales; the largest first.</summary>
    public DetailList<WeightGroup> BytesByRole => new(WeightGroup.Group(Tensors, WeightRoles.Of));

    /// <summary>The same by how the elements are stored: BF16, F8_E4M3, I32; the largest first.</summary>
    public DetailList<WeightGroup> BytesByDataType => new(WeightGroup.Group(Tensors, tensor => tensor.DataType));

    /// <summary>Bits for each weight on average, null for a model without weights.</summary>
    public double? BitsPerWeight => Parameters == 0 ? null : 8.0 * WeightBytes / Parameters;

    /// <summary>The layers of the language model, null where only tensors are known.</summary>
    public DetailList<ModelLayer>? Layers => Architecture is null ? null : new DetailList<ModelLayer>([.. Architecture.Layers]);

    /// <summary>The tokens that the model was made for, null where that is not known.</summary>
    public long? ContextLength { get; init; }

    /// <summary>The total that the model's authors or its hub publish, null where none is known.</summary>
    public long? PublishedParameters { get; init; }

    /// <summary>How far the figures are checked, one of <see cref="ModelVerification"/>.</summary>
    public string Verification { get; init; } = ModelVerification.Read;

    /// <summary>How the model is built, null where only its tensors are known.</summary>
    public ModelArchitecture? Architecture { get; }

    /// <summary>Every tensor.</summary>
    public TensorInventory Tensors { get; }

    /// <summary>What was taken for granted.</summary>
    public DetailList<string> Assumptions { get; init; } = new([]);

    /// <summary>True where the codes of most weights take four bits or fewer: the bases that make LoRA a QLoRA.</summary>
    internal bool IsFourBitOrLess => Tensors.Sum(tensor => tensor.HasFourBitCodes, tensor => tensor.Parameters) > Parameters / 2;

    /// <summary>Orders models by their weights.</summary>
    /// <param name="other">The other model.</param>
    public int CompareTo(LlmModel? other)
    {
        return other is null ? 1 : Parameters.CompareTo(other.Parameters);
    }

    /// <inheritdoc/>
    int IComparable.CompareTo(object? obj)
    {
        return obj is null or LlmModel
            ? CompareTo(obj as LlmModel)
            : throw new ArgumentException($"A {obj.GetType().Name} is not a model.", nameof(obj));
    }

    /// <summary>The model in one line: <c>llama-3.1-8b: 8.030261248 B parameters, BF16, 16.06 GB</c>.</summary>
    public override string ToString()
    {
        return string.Format(
            CultureInfo.InvariantCulture, "{0}: {1} parameters, {2}, {3}", Name, ParameterCount.Format(Parameters), DataType, ByteSize.FormatGB(WeightBytes));
    }

    /// <summary>The same model with its tensors stored otherwise.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="quantization">What the way of storing them is called.</param>
    internal LlmModel With(TensorInventory tensors, string quantization)
    {
        return new LlmModel(this, tensors)
        {
            DataType = tensors.MostUsedDataType ?? DataType,
            Quantization = quantization,
        };
    }

    /// <summary>The same model as a store on this machine has it.</summary>
    /// <param name="local">The store's model.</param>
    /// <param name="assumptions">What was taken for granted.</param>
    internal LlmModel FromStore(LocalModel local, DetailList<string> assumptions)
    {
        return new LlmModel(this, Tensors) { Name = local.Name, Revision = local.Commit, Assumptions = assumptions };
    }

    /// <summary>The same model with what the catalogue says about it.</summary>
    /// <param name="entry">The catalogue's entry.</param>
    /// <param name="assumptions">What was taken for granted.</param>
    internal LlmModel FromCatalogue(CatalogueEntry entry, DetailList<string> assumptions)
    {
        return new LlmModel(this, Tensors)
        {
            Source = ModelSource.Catalogue,
            ContextLength = entry.ContextLength ?? ContextLength,
            PublishedParameters = entry.PublishedParameters,
            Verification = entry.IsVerified ? ModelVerification.Verified : ModelVerification.Unverified,
            Assumptions = assumptions,
        };
    }

    /// <summary>The same model as the hub has it.</summary>
    /// <param name="files">The files that were read, at their commit.</param>
    /// <param name="variant">The quantisation that was chosen of several, null where none was.</param>
    internal LlmModel FromHub(HubModelFiles files, string? variant)
    {
        return new LlmModel(this, Tensors) { Name = variant is null ? files.Name : $"{files.Name}:{variant}", Revision = files.Commit };
    }

    private static bool IsText(ModelTensor tensor)
    {
        return tensor.PartKind is ModelPart.Text or ModelPart.Encoder;
    }

    private long SumOf(params ModelPart[] parts)
    {
        return Tensors.SumParameters(tensor => parts.Contains(tensor.PartKind));
    }
}

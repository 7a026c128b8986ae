"""Sidecars as other programs spell them: one photo, stored 600 x 400, Bob and Ada in it.

Bob is at (150, 80)-(240, 120) of the stored picture, Ada, whom none of them knows, at (300, 200)-(420, 320).
"""

from sortbyface.exchange.sidecars import Layout, NamedFace
from sortbyface.faces.face import Box

LAYOUT = Layout(600, 400)
BOB = NamedFace("Bob", Box(150, 80, 240, 120), LAYOUT)
ADA = NamedFace("Ada", Box(300, 200, 420, 320), LAYOUT)

# exiftool: elements with parseType="Resource", single quotes, no indentation of what is inside a list.
EXIFTOOL = """<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Image::ExifTool 12.57'>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>

 <rdf:Description rdf:about=''
  xmlns:dc='http://purl.org/dc/elements/1.1/'>
  <dc:subject>
   <rdf:Bag>
    <rdf:li>Family</rdf:li>
   </rdf:Bag>
  </dc:subject>
 </rdf:Description>

 <rdf:Description rdf:about=''
  xmlns:mwg-rs='http://www.metadataworkinggroup.com/schemas/regions/'
  xmlns:stArea='http://ns.adobe.com/xmp/sType/Area#'
  xmlns:stDim='http://ns.adobe.com/xap/1.0/sType/Dimensions#'>
  <mwg-rs:Regions rdf:parseType='Resource'>
   <mwg-rs:AppliedToDimensions rdf:parseType='Resource'>
    <stDim:h>400</stDim:h>
    <stDim:unit>pixel</stDim:unit>
    <stDim:w>600</stDim:w>
   </mwg-rs:AppliedToDimensions>
   <mwg-rs:RegionList>
    <rdf:Bag>
     <rdf:li rdf:parseType='Resource'>
      <mwg-rs:Area rdf:parseType='Resource'>
       <stArea:h>0.1</stArea:h>
       <stArea:unit>normalized</stArea:unit>
       <stArea:w>0.15</stArea:w>
       <stArea:x>0.325</stArea:x>
       <stArea:y>0.25</stArea:y>
      </mwg-rs:Area>
      <mwg-rs:Name>Bob</mwg-rs:Name>
      <mwg-rs:Type>Face</mwg-rs:Type>
     </rdf:li>
    </rdf:Bag>
   </mwg-rs:RegionList>
  </mwg-rs:Regions>
 </rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end='w'?>"""

# digiKam: one description by Exiv2's toolkit, both kinds of regions, its own tags.
DIGIKAM = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <!-- kept by hand -->
  <rdf:Description rdf:about=""
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:MP="http://ns.microsoft.com/photo/1.2/"
    xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#"
    xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"
    xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#"
    xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
   xmp:Rating="4"
   digiKam:PickLabel="0">
   <digiKam:TagsList>
    <rdf:Seq>
     <rdf:li>People/Bob</rdf:li>
    </rdf:Seq>
   </digiKam:TagsList>
   <MP:RegionInfo rdf:parseType="Resource">
    <MPRI:Regions>
     <rdf:Bag>
      <rdf:li
       MPReg:PersonDisplayName="Bob"
       MPReg:Rectangle="0.25, 0.2, 0.15, 0.1"/>
     </rdf:Bag>
    </MPRI:Regions>
   </MP:RegionInfo>
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:AppliedToDimensions
     stDim:w="600"
     stDim:h="400"
     stDim:unit="pixel"/>
    <mwg-rs:RegionList>
     <rdf:Bag>
      <rdf:li>
       <rdf:Description
        mwg-rs:Name="Bob"
        mwg-rs:Type="Face">
       <mwg-rs:Area
        stArea:x="0.325"
        stArea:y="0.25"
        stArea:w="0.15"
        stArea:h="0.1"
        stArea:unit="normalized"/>
       </rdf:Description>
      </rdf:li>
     </rdf:Bag>
    </mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""

# Lightroom: a rotation beside the area, a dog and a bar code among the faces, prefixes of somebody's own choice.
LIGHTROOM = """<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0-c000">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:r="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:d="http://ns.adobe.com/xap/1.0/sType/Dimensions#"
    xmlns:a="http://ns.adobe.com/xmp/sType/Area#"
    crs:Exposure2012="+0.35">
   <crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li><rdf:li>255, 255</rdf:li></rdf:Seq></crs:ToneCurve>
   <r:Regions>
    <rdf:Description>
     <r:AppliedToDimensions d:w="600" d:h="400" d:unit="pixel"/>
     <r:RegionList>
      <rdf:Bag>
       <rdf:li>
        <rdf:Description r:Rotation="-0.02101" r:Name="Bob" r:Type="Face">
         <r:Area a:h="0.1" a:w="0.15" a:x="0.325" a:y="0.25"/>
        </rdf:Description>
       </rdf:li>
       <rdf:li>
        <rdf:Description r:Name="Rex" r:Type="Pet">
         <r:Area a:h="0.3" a:w="0.2" a:x="0.6" a:y="0.65" a:unit="normalized"/>
        </rdf:Description>
       </rdf:li>
       <rdf:li>
        <rdf:Description r:Type="BarCode" r:BarCodeValue="4006381333931">
         <r:Area a:h="0.1" a:w="0.1" a:x="0.9" a:y="0.9" a:unit="normalized"/>
        </rdf:Description>
       </rdf:li>
      </rdf:Bag>
     </r:RegionList>
    </rdf:Description>
   </r:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""

# Windows Photo Gallery: Microsoft's regions alone.
WINDOWS = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b" xmlns:MP="http://ns.microsoft.com/photo/1.2/">
<MP:RegionInfo><rdf:Description xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#"><MPRI:Regions>
<rdf:Bag xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#">
<rdf:li><rdf:Description MPReg:Rectangle="0.25, 0.2, 0.15, 0.1"
 MPReg:PersonDisplayName="Bob" MPReg:PersonEmailDigest="77ac"/></rdf:li>
<rdf:li><rdf:Description MPReg:PersonDisplayName="Somebody without a place"/></rdf:li>
</rdf:Bag></MPRI:Regions></rdf:Description></MP:RegionInfo></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

EVERY_PROGRAM = {"exiftool": EXIFTOOL, "digikam": DIGIKAM, "lightroom": LIGHTROOM, "windows": WINDOWS}


def sidecar(regions: str = "", dimensions: str = 'stDim:w="600" stDim:h="400" stDim:unit="pixel"') -> str:
    """A sidecar with the given `rdf:li`s."""
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#">
<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions {dimensions}/>
<mwg-rs:RegionList><rdf:Bag>{regions}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
</rdf:Description></rdf:RDF></x:xmpmeta>
"""


def region(x: object, y: object, w: object, h: object, name: str = "Bob", unit: str = "normalized") -> str:
    """One `rdf:li` for `sidecar`."""
    area = f'stArea:x="{x}" stArea:y="{y}" stArea:w="{w}" stArea:h="{h}" stArea:unit="{unit}"'
    return f"""<rdf:li><rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="Face">
<mwg-rs:Area {area}/></rdf:Description></rdf:li>"""
